"""What the desk leaves on record of a Pensión Civil por Jubilación, which its owner never sees."""

from django import forms

from cuentas.formularios import CampoFecha

from ...campos import PRIMERA_OPCION

CAUSALES = (
    ("20", "Veinte años de servicio"),
    ("50-10", "Cincuenta años de edad y diez de servicio"),
    ("65", "Retiro obligatorio a los 65 años"),
)


def _tiempo(rotulo: str, maximo: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"Tiempo comprobado: {rotulo}",
        required=False,
        min_value=0,
        max_value=maximo,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Escriba los {rotulo} con números, de 0 a {maximo}."
        ),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )


class InternosDeJubilacionForm(forms.Form):
    """Why it corresponds, the time that was proved and when the post was handed over; no amount."""

    causal = forms.ChoiceField(label="Causal", required=False, choices=[PRIMERA_OPCION, *CAUSALES])
    tiempo_anios = _tiempo("años", 70)
    tiempo_meses = _tiempo("meses", 11)
    tiempo_dias = _tiempo("días", 30)
    entrega_el = CampoFecha(label="Fecha de entrega de cargo comprobada", required=False)
