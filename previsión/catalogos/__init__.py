"""What staff edit: the option lists and the texts that a step shows."""
