"""What each question says: frames and studies -> sections, list, summary; a folder per question."""
