"""What lets a student grade without the solutions: the reference's answers written down, and found again."""
