"""What changes a notice or what is owed of it: one mutation, one file."""
