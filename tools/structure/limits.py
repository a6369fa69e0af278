"""The hard limits on sizes, in one place (the table in CONTRIBUTING.md shows the same)."""

FILE_LINES = 600
FUNCTION_LINES = 70
CLASS_LINES = 200
LINE_COLUMNS = 100
PARAMETERS = 5
INCLUDE_DEPTH = 10
# Of all headers together: what a reader gets to know without opening the source. The aim is 30 %.
HEADER_COMMENT_PERCENT = 20
