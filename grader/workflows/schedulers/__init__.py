"""Who grades the submissions of a class: processes of this machine, or the workers of a cluster."""
