"""The only code of the dashboard that speaks HTTP to a speech service."""
