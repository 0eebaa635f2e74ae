#!/usr/bin/env python
"""Django's command line; `./portal manage` calls it with the demo settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ceo_portal.settings.demo")
    execute_from_command_line(sys.argv)
