"""The pure domain: assignments, submissions, results, scoring. Knows only the standard library."""
