"""Every pension that the portal can process; a new one is a module here plus one entry below."""

PENSIONES: tuple = ()
