"""«¿Me corresponde?»: some questions before beginning, and what they advise; nothing is decided nor kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cuentas.formularios import CampoFecha
from tramites.definicion import Consejo, Orientacion

from ...campos import CampoSiNo

TIEMPO_SOLO, TIEMPO_CON_EDAD, EDAD = 20, 10, 50
ANIOS = "Escriba los años con números, de 0 a 70."


class OrientacionDeJubilacionForm(forms.Form):
    """The three questions of the orientation."""

    fecha_nacimiento = CampoFecha(
        label="Fecha de nacimiento", error_messages={"required": "Escriba su fecha de nacimiento."}
    )
    anios = forms.IntegerField(
        label="Años completos de servicio con contribución",
        min_value=0,
        max_value=70,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), ANIOS),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    ya_recibe = CampoSiNo(
        label="¿Ya recibe una jubilación de este Régimen?", mensaje="Responda SI o NO a esta pregunta."
    )

    def clean_fecha_nacimiento(self) -> date:
        nacimiento: date = self.cleaned_data["fecha_nacimiento"]
        if nacimiento > timezone.localdate():
            raise ValidationError("Esa fecha de nacimiento no puede ser futura. Revísela.", "futura")
        return nacimiento


def cumple(nacimiento: date, anios: int) -> date:
    """The day on which that age is reached; who was born a 29th of February, on the 1st of March."""
    try:
        return nacimiento.replace(year=nacimiento.year + anios)
    except ValueError:
        return date(nacimiento.year + anios, 3, 1)


def aconsejar(valores: Mapping[str, Any], hoy: date) -> tuple[Consejo, ...]:
    """What the answers advise (article 5 of the law); it is not a decision."""
    anios, cincuenta = valores["anios"], cumple(valores["fecha_nacimiento"], EDAD)
    if valores["ya_recibe"] == "SI":
        frase = "Si volvió a laborar y ya cesó, vea Revisión a la Jubilación."
        return (Consejo(frase=frase, tramite="revision-jubilacion"),)
    if anios >= TIEMPO_SOLO:
        return (Consejo(frase="Puede corresponderle: veinte años de servicio o más."),)
    if anios < TIEMPO_CON_EDAD:
        return (Consejo(frase=_faltan(TIEMPO_CON_EDAD - anios), tramite="contribucion-voluntaria"),)
    if cincuenta <= hoy:
        return (Consejo(frase="Puede corresponderle: cincuenta años de edad y diez de servicio."),)
    frase = f"Cumple el tiempo. Podrá pedirla al cumplir cincuenta años, el {cincuenta:%d-%m-%Y}."
    return (Consejo(frase=frase),)


def _faltan(anios: int) -> str:
    cuantos = "Le falta 1 año" if anios == 1 else f"Le faltan {anios} años"
    return f"{cuantos} de servicio. Vea si puede contribuir voluntariamente."


ORIENTACION = Orientacion(formulario=OrientacionDeJubilacionForm, aconsejar=aconsejar)
