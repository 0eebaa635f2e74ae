"""What each event says, and to whom: the table by event, its recipients, data and conditions."""
