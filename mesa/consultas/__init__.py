"""What the desk alone reads: the queue, the figures, the log and the copies."""
