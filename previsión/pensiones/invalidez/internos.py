"""What the desk leaves on record of a Pensión Civil por Invalidez, which its owner never sees (F6)."""

from django import forms

from cuentas.formularios import CampoFecha

from ...campos import PRIMERA_OPCION


class InternosDeInvalidezForm(forms.Form):
    """The cause and when it was declared, on which depends what time is asked for."""

    causa = forms.ChoiceField(
        label="Causa", required=False, choices=[PRIMERA_OPCION, ("ACC", "Accidente"), ("ENF", "Enfermedad")]
    )
    declarada_el = CampoFecha(label="Fecha de declaración del IGSS", required=False)
    dos_anios = forms.BooleanField(
        label="Comprobé los dos años de contribución",
        help_text="Solo si la causa es enfermedad.",
        required=False,
    )
