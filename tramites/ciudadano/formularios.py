"""The small forms of the citizen's pages."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from escritura.signos import limpio

LARGO = {"max_length": "Escriba %(limit_value)d letras o menos. Ahora tiene %(show_value)d."}


class FichaForm(forms.Form):
    """A one-use token: the same form sent twice is one act (B7.5, S13)."""

    ficha = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"ficha": uuid.uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class EnvioForm(FichaForm):
    """Window 1: «Sí», said about the version that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DesistimientoForm(forms.Form):
    """«Sí, desistir», with the reason if the person wants to give one (matriz.md T6)."""

    motivo = forms.CharField(
        label="Motivo",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Puede dejarlo en blanco.",
        error_messages=LARGO,
        label_suffix="",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RectificacionForm(FichaForm):
    """What is wrong in what was sent, in the person's words (matriz.md §3)."""

    texto = forms.CharField(
        label="¿Qué dato está mal y qué debe decir?",
        help_text="Por ejemplo: en el paso 2 puse el teléfono equivocado, el correcto es otro.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=LARGO | {"required": "Escriba qué dato está mal y qué debe decir."},
        label_suffix="",
    )


class ConfirmacionForm(forms.Form):
    """The box of step 5 (B5.2)."""

    confirmo = forms.BooleanField(
        label="CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE",
        help_text="(Debe marcar LA CONFIRMACIÓN para poder CONTINUAR)",
        error_messages={"required": "Debe marcar la confirmación para poder continuar."},
    )
    # The manual's label carries no asterisk: the sentence below it says it.
    use_required_attribute = False


def escrito_en(campos: Mapping[str, Any]) -> dict[str, str]:
    """What came typed in a step's page, field by field, as a draft keeps it."""
    return {nombre: limpio(str(campos[nombre])).strip() for nombre in campos}


def visto_en(campos: Mapping[str, Any]) -> dict[str, str] | None:
    """What that page showed when it was opened (its hidden `visto`, JSON); None when it does not say."""
    try:
        dato = json.loads(campos.get("visto", ""))
    except (ValueError, RecursionError):
        return None
    return {n: limpio(v) for n, v in dato.items() if isinstance(v, str)} if isinstance(dato, dict) else None
