"""A citizen's page shown to the desk: everything to read, nothing to press (F8)."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ACCIONES = re.compile(r"<(form|button)\b.*?</\1>", re.DOTALL)
ENLACE = re.compile(r"<a\b[^>]*?(\sclass=\"[^\"]*\")?[^>]*>")


@register.simple_block_tag
def solo_lectura(content: str) -> SafeString:
    """The block without forms or buttons, its links turned into plain words."""
    quieto = ACCIONES.sub("", content)
    quieto = ENLACE.sub(lambda hallado: f"<span{hallado[1] or ''}>", quieto).replace("</a>", "</span>")
    return mark_safe(quieto)  # noqa: S308 - what the template had already escaped, less its links
