"""The form of step 3: the six sworn questions, and what some answers ask for."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.layout import HTML
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .. import validadores
from ..campos import CampoFecha, CampoSiNo, CampoTexto
from .formularios import PrevisionForm, disposicion

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Pregunta:
    """A sworn question; each of its directions with the field that answers it (textos.md §6)."""

    numero: int
    texto: str
    indicaciones: tuple[tuple[str, str], ...] = ()


PREGUNTAS = (
    Pregunta(
        1,
        "Percibo pensión similar del Estado, sus Entidades Descentralizadas o Autónomas.",
        (("En caso afirmativo indicar Dependencia o Entidad, clase de pensión", "detalle_1"),),
    ),
    Pregunta(
        2,
        "Tengo en suspenso o reservada pensión similar del Estado.",
        (("En caso afirmativo indicar Dependencia o Entidad y tipo de pensión", "detalle_2"),),
    ),
    Pregunta(
        3,
        "Presto mis servicios en el Estado, Entidades Descentralizadas, Autónomas, otros Órganos del Estado "
        "u otras entidades incorporadas al Régimen de Clases Pasivas Civiles del Estado.",
        (
            ("En caso afirmativo indicar Dependencia o Entidad.", "detalle_3"),
            ("En caso negativo indicar la fecha de entrega de cargo.", "fecha_entrega_cargo"),
        ),
    ),
    Pregunta(
        4,
        "He realizado trámite anterior ante esta Dirección.",
        (("Si su respuesta es afirmativa indicar ¿De qué tipo?", "detalle_4"),),
    ),
    Pregunta(5, "Percibo Aporte Económico del Programa de la Ley del Adulto Mayor."),
    Pregunta(
        6,
        "He perdido la nacionalidad guatemalteca. (Estoy enterado (a) de las penas relativas al delito de "
        "perjurio si lo declarado no fuere cierto)",
    ),
)


class PreguntaJurada:
    """How a sworn question stands on the screen: a fieldset named by its text, then its details (B3.1)."""

    def __init__(self, pregunta: Pregunta) -> None:
        self.pregunta = pregunta

    def render(
        self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **_kwargs: Any
    ) -> SafeString:
        nombre = f"pregunta_{self.pregunta.numero}"
        form.rendered_fields.add(nombre)
        detalles = [
            self._detalle(campo, form, context, template_pack) for _texto, campo in self.pregunta.indicaciones
        ]
        return render_to_string(
            "prevision/comun/pregunta.html",
            {"pregunta": self.pregunta, "field": form[nombre], "detalles": mark_safe("".join(detalles))},  # noqa: S308
        )

    def _detalle(self, campo: str, form: Any, context: Any, template_pack: Any) -> str:
        clases = {"wrapper_class": f"si-{CONDICIONES[campo][1]} medio"}
        return render_field(campo, form, context, template_pack=template_pack, extra_context=clases)


# Each detail with the question and the answer that ask for it (B3.1).
CONDICIONES = {
    "detalle_1": ("pregunta_1", "SI"),
    "detalle_2": ("pregunta_2", "SI"),
    "detalle_3": ("pregunta_3", "SI"),
    "fecha_entrega_cargo": ("pregunta_3", "NO"),
    "detalle_4": ("pregunta_4", "SI"),
}


def _si_no(numero: int, sencillas: "StrOrPromise") -> CampoSiNo:
    """A question of textos.md §6 with its plain words."""
    return CampoSiNo(
        label=f"{numero}. {PREGUNTAS[numero - 1].texto}",
        mensaje=_("Responda SI o NO a la pregunta %d.") % numero,
        help_text=sencillas,
    )


def _detalle(numero: int, dato: "StrOrPromise") -> CampoTexto:
    return CampoTexto(label=PREGUNTAS[numero - 1].indicaciones[0][0], dato=dato, maximo=300)


class JuramentoForm(PrevisionForm):
    """Step 3: the six sworn answers, with the details that some of them ask for."""

    pregunta_1 = _si_no(
        1,
        _(
            "Marque SI si ya recibe otra pensión del Estado o de una entidad descentralizada o autónoma. "
            "Escriba quién la paga y qué clase de pensión es."
        ),
    )
    detalle_1 = _detalle(1, _("la dependencia o entidad y la clase de pensión"))
    pregunta_2 = _si_no(
        2,
        _(
            "Marque SI si tiene otra pensión del Estado suspendida o reservada para después. "
            "Escriba de qué entidad es y de qué tipo."
        ),
    )
    detalle_2 = _detalle(2, _("la dependencia o entidad y el tipo de pensión"))
    pregunta_3 = _si_no(
        3,
        _(
            "Marque SI si todavía trabaja para el Estado y escriba en qué dependencia. "
            "Marque NO si ya entregó su cargo y escriba la fecha de entrega."
        ),
    )
    detalle_3 = CampoTexto(label=_("Dependencia o Entidad"), dato=_("la dependencia o entidad"), maximo=300)
    fecha_entrega_cargo = CampoFecha(
        label=_("Fecha de entrega de cargo"),
        dato=_("la fecha de entrega de cargo"),
        help_text=_(
            "dd/mm/aaaa. El día en que firmó la entrega de su puesto. No puede ser una fecha futura."
        ),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    pregunta_4 = _si_no(
        4,
        _(
            "Marque SI si antes hizo otro trámite en la Dirección de Previsión Civil. "
            "Escriba qué trámite fue."
        ),
    )
    detalle_4 = _detalle(4, _("de qué tipo fue el trámite"))
    pregunta_5 = _si_no(5, _("Marque SI si recibe el aporte económico del Adulto Mayor."))
    pregunta_6 = _si_no(6, _("Marque SI solo si dejó de tener la nacionalidad guatemalteca."))

    helper = disposicion(HTML('<ol class="jura">'), *map(PreguntaJurada, PREGUNTAS), HTML("</ol>"))

    def clean(self) -> None:
        """A detail is asked for when its condition holds; otherwise it is kept as typed, right or wrong."""
        for campo in CONDICIONES:
            if not self._se_pide(campo):
                if self.errors.pop(campo, None):
                    self.cleaned_data[campo] = self._como_quedaria(campo)
            elif campo not in self.errors:
                self._exigir(campo)

    def _como_quedaria(self, campo: str) -> str:
        """What was typed, as saving it again would leave it: without what nobody sees it may be right."""
        escrito = " ".join(self.tecleado()[campo].split())
        try:
            return str(self.fields[campo].clean(escrito))
        except ValidationError:
            return escrito

    def _se_pide(self, campo: str) -> bool:
        pregunta, respuesta = CONDICIONES[campo]
        return self.cleaned_data.get(pregunta) == respuesta

    def _exigir(self, campo: str) -> None:
        pregunta, respuesta = CONDICIONES[campo]
        valor, definido = self.cleaned_data[campo], cast(CampoTexto, self.fields[campo])
        if not valor:
            mensaje = _("Usted respondió %(respuesta)s a la pregunta %(n)s. Escriba %(detalle)s.") % {
                "respuesta": respuesta,
                "n": pregunta.removeprefix("pregunta_"),
                "detalle": definido.dato,
            }
            self.add_error(campo, ValidationError(mensaje, "sin_detalle"))
        elif campo == "fecha_entrega_cargo":
            self._exigir_no_futura(campo, valor)

    def _exigir_no_futura(self, campo: str, valor: str) -> None:
        try:
            validadores.entrega_de_cargo(date.fromisoformat(valor), self.contexto.hoy)
        except ValidationError as error:
            self.add_error(campo, error)

    def congelables(self) -> dict[str, str]:
        """The answers, and only the details that they ask for (B3.1)."""
        return {n: v for n, v in self.valores().items() if n not in CONDICIONES or self._se_pide(n)}
