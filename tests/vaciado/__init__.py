"""An app of the test suite alone: lets `flush` empty the log between transactional tests."""
