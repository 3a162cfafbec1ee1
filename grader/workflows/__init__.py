"""One function per wish: what a person asks for, from end to end."""
