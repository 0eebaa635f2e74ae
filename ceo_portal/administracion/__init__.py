"""The Django admin as this portal serves it; each app registers there what administración edits."""
