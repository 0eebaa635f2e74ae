"""A base as big as wanted: some Gestiones are played by the real actions, the others are copied from them."""
