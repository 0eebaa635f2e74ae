"""The peers: how others would do the same page, over the same tables, in the same process."""
