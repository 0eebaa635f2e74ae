"""What the legal templates read from the texts that ONSEC edits."""

from django import template

from ..catalogos.consultas import texto_editable

register = template.Library()
register.simple_tag(texto_editable)
