"""The bank's own words held against the books: statements, lines, matches."""
