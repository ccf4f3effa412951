"""The work behind the statuses. Every job can be killed anywhere and done again."""
