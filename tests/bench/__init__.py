"""Measurements against the release binary. They print figures and judge nothing by the clock."""
