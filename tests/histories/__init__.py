"""Journals recorded from real calls, and what has to be told about them."""
