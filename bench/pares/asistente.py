"""The wizard's peers: django-formtools with the same 23 fields, drawn by crispy-bootstrap5 and by Django."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from formtools.wizard.views import NamedUrlSessionWizardView

from previsión.familia.formularios import BeneficiarioForm

PASO, SIGUIENTE = "beneficiario", "confirmar"


class BeneficiarioComunForm(forms.Form):
    """The data of step 2 as plain Django fields: same labels, helps, lists and what is compulsory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nombre, campo in BeneficiarioForm.base_fields.items():
            comunes = {"label": campo.label, "help_text": campo.help_text, "required": campo.required}
            self.fields[nombre] = (
                forms.ChoiceField(choices=_lista(nombre), **comunes)
                if isinstance(campo, forms.ChoiceField)
                else forms.CharField(max_length=100, **comunes)
            )

    def clean_telefono(self) -> str:
        """The rules that the wrong answers of the benchmark break, and no more."""
        if sum(c.isdigit() for c in self.cleaned_data["telefono"]) != 8:
            raise forms.ValidationError("Escriba los 8 números de su teléfono.")
        return self.cleaned_data["telefono"]


_listas: dict[str, list[Any]] = {}


def _lista(nombre: str) -> list[Any]:
    """The options, read from the tables once: the peers pay nothing for them."""
    if nombre not in _listas:
        campo: Any = BeneficiarioForm.base_fields[nombre]
        _listas[nombre] = [
            (valor, list(texto)) if isinstance(texto, tuple) else (valor, texto)
            for valor, texto in campo.choices
        ]
    return _listas[nombre]


class BeneficiarioCrispyForm(BeneficiarioComunForm):
    """The same in rows of three columns of Bootstrap."""

    helper = FormHelper()
    helper.template_pack = "bootstrap5"
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        *(
            Row(*(Column(n, css_class="col-md-4") for n in list(BeneficiarioForm.base_fields)[i : i + 3]))
            for i in range(0, len(BeneficiarioForm.base_fields), 3)
        )
    )


class ConfirmarForm(forms.Form):
    """The step after."""

    confirmo = forms.BooleanField()


class Asistente(NamedUrlSessionWizardView):
    """Two steps whose answers live in the session, as formtools keeps them."""

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect("/")


class AsistenteComun(Asistente):
    """Drawn by Django's own `{{ form }}`."""

    form_list = [(PASO, BeneficiarioComunForm), (SIGUIENTE, ConfirmarForm)]
    template_name = "bench/asistente_comun.html"


class AsistenteCrispy(Asistente):
    """Drawn by `{% crispy form %}`."""

    form_list = [(PASO, BeneficiarioCrispyForm), (SIGUIENTE, ConfirmarForm)]
    template_name = "bench/asistente_crispy.html"


def nombres(prefijo: str, datos: dict[str, str]) -> dict[str, str]:
    """The answers as that wizard wants them sent."""
    return {f"{prefijo}-current_step": PASO} | {f"{PASO}-{n}": v for n, v in datos.items()}
