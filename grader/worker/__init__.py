"""The untrusted side: it locks itself in, loads the student's modules, and answers calls."""
