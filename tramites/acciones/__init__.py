"""Every change of a Gestión: one mutation, one file; each locks the row, checks, writes and logs."""
