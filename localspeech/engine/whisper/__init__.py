"""Whisper, a family of end-to-end models, run by CTranslate2.

Its libraries are an optional extra: only `decoding` and `tokens` import them, and only when used.
"""
