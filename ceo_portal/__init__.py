"""Assembles the portal; holds no rule."""

from .celery import app as celery_app

__all__ = ["celery_app"]
