"""The outbox: a mail is owed, worded, sent, and given up."""
