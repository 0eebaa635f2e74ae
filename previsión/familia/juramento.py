"""«Bajo Juramento»: the sworn questions of a procedure, their form, and how the paper prints the answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from crispy_forms.layout import HTML
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from tramites.definicion import ContextoPaso

from .. import validadores
from ..campos import CampoFechaEscrita, CampoSiNo, CampoTexto
from .formularios import PrevisionForm, disposicion

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MARCADA, VACIA = "☒", "☐"


@dataclass(frozen=True, kw_only=True)
class Indicacion:
    """A direction under a question, and the field that it asks for when the answer is `cuando` (B3.1).

    `regla`, if any, refuses what was typed with a `ValidationError`.
    """

    texto: str
    clave: str
    campo: CampoTexto
    cuando: str = "SI"
    regla: Callable[[str, ContextoPaso], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Pregunta:
    """A sworn question, its plain words and its directions (textos.md §6).

    `califica` says that ONSEC weighs an affirmative answer (B3.2).
    """

    numero: int
    texto: str
    sencillas: "StrOrPromise"
    indicaciones: tuple[Indicacion, ...] = ()
    califica: bool = False

    @property
    def clave(self) -> str:
        """The name of its field."""
        return f"pregunta_{self.numero}"

    def campo(self) -> CampoSiNo:
        """Its two radios, none chosen at first."""
        return CampoSiNo(
            label=f"{self.numero}. {self.texto}",
            mensaje=_("Responda SI o NO a la pregunta %d.") % self.numero,
            help_text=self.sencillas,
        )


class PreguntaJurada:
    """How a sworn question stands on the screen: a fieldset named by its text, then its details (B3.1)."""

    def __init__(self, pregunta: Pregunta) -> None:
        self.pregunta = pregunta

    def render(
        self, form: Any, context: Any, template_pack: Any = TEMPLATE_PACK, **_kwargs: Any
    ) -> SafeString:
        form.rendered_fields.add(self.pregunta.clave)
        detalles = [self._detalle(i, form, context, template_pack) for i in self.pregunta.indicaciones]
        return render_to_string(
            "prevision/comun/pregunta.html",
            {
                "pregunta": self.pregunta,
                "field": form[self.pregunta.clave],
                "detalles": mark_safe("".join(detalles)),  # noqa: S308
            },
        )

    def _detalle(self, indicacion: Indicacion, form: Any, context: Any, template_pack: Any) -> str:
        clases = {"wrapper_class": f"si-{indicacion.cuando} medio"}
        return render_field(
            indicacion.clave, form, context, template_pack=template_pack, extra_context=clases
        )


class DeclaracionForm(PrevisionForm):
    """The sworn answers, with the details that some of them ask for; `Declaracion` gives it its questions."""

    pedidas: ClassVar[Mapping[str, tuple[Pregunta, Indicacion]]] = {}

    def clean(self) -> None:
        """A detail is asked for when its condition holds; otherwise it is kept as typed, right or wrong."""
        for clave in self.pedidas:
            if not self._se_pide(clave):
                if self.errors.pop(clave, None):
                    self.cleaned_data[clave] = self._como_quedaria(clave)
            elif clave not in self.errors:
                self._exigir(clave)

    def _como_quedaria(self, clave: str) -> str:
        """What was typed, as saving it again would leave it: without what nobody sees it may be right."""
        escrito = " ".join(self.tecleado()[clave].split())
        try:
            return str(self.fields[clave].clean(escrito))
        except ValidationError:
            return escrito

    def _se_pide(self, clave: str) -> bool:
        pregunta, indicacion = self.pedidas[clave]
        return self.cleaned_data.get(pregunta.clave) == indicacion.cuando

    def _exigir(self, clave: str) -> None:
        pregunta, indicacion = self.pedidas[clave]
        valor, definido = self.cleaned_data[clave], cast(CampoTexto, self.fields[clave])
        if not valor:
            mensaje = _("Usted respondió %(respuesta)s a la pregunta %(n)s. Escriba %(detalle)s.") % {
                "respuesta": indicacion.cuando,
                "n": pregunta.numero,
                "detalle": definido.dato,
            }
            self.add_error(clave, ValidationError(mensaje, "sin_detalle"))
        elif indicacion.regla:
            self._exigir_regla(clave, indicacion.regla, valor)

    def _exigir_regla(self, clave: str, regla: Callable[[str, ContextoPaso], None], valor: str) -> None:
        try:
            regla(valor, self.contexto)
        except ValidationError as error:
            self.add_error(clave, error)

    def congelables(self) -> dict[str, str]:
        """The answers, and only the details that they ask for (B3.1)."""
        return {n: v for n, v in self.valores().items() if n not in self.pedidas or self._se_pide(n)}


@dataclass(frozen=True)
class Declaracion:
    """What a procedure asks under oath."""

    preguntas: tuple[Pregunta, ...]

    @cached_property
    def formulario(self) -> type[DeclaracionForm]:
        """The form of its step: each question followed by the details that it may ask for."""
        campos: dict[str, forms.Field] = {}
        for pregunta in self.preguntas:
            campos[pregunta.clave] = pregunta.campo()
            campos |= {i.clave: i.campo for i in pregunta.indicaciones}
        pedidas = {i.clave: (pregunta, i) for pregunta in self.preguntas for i in pregunta.indicaciones}
        helper = disposicion(HTML('<ol class="jura">'), *map(PreguntaJurada, self.preguntas), HTML("</ol>"))
        return type("JuramentoForm", (DeclaracionForm,), {**campos, "pedidas": pedidas, "helper": helper})

    def impresa(self, valores: Mapping[str, str]) -> list[dict[str, Any]]:
        """Each question with what was answered, ready to print; no answer leaves both boxes empty."""
        return [_impresa(pregunta, valores) for pregunta in self.preguntas]

    def marcas(self, valores: Mapping[str, str]) -> tuple[str, ...]:
        """The answers that do not stop the person and that ONSEC weighs (B3.2)."""
        return tuple(
            f"Declaró SI en la pregunta {p.numero}."
            for p in self.preguntas
            if p.califica and valores.get(p.clave) == "SI"
        )


def _impresa(pregunta: Pregunta, valores: Mapping[str, str]) -> dict[str, Any]:
    respuesta = valores.get(pregunta.clave, "")
    return {
        "pregunta": pregunta,
        "si": MARCADA if respuesta == "SI" else VACIA,
        "no": MARCADA if respuesta == "NO" else VACIA,
        "indicaciones": [(i.texto, i.campo.legible(valores.get(i.clave, ""))) for i in pregunta.indicaciones],
    }


def _si(numero: int, texto: str, dato: "StrOrPromise") -> Indicacion:
    """The detail of an affirmative answer, labelled with its own direction."""
    return Indicacion(
        texto=texto, clave=f"detalle_{numero}", campo=CampoTexto(label=texto, dato=dato, maximo=300)
    )


def _no_futura(entrega: str, contexto: ContextoPaso) -> None:
    validadores.entrega_de_cargo(date.fromisoformat(entrega), contexto.hoy)


# The six questions that every procedure of the family asks (comun.md §3).
PREGUNTAS = (
    Pregunta(
        numero=1,
        texto="Percibo pensión similar del Estado, sus Entidades Descentralizadas o Autónomas.",
        sencillas=_(
            "Marque SI si ya recibe otra pensión del Estado o de una entidad descentralizada o autónoma. "
            "Escriba quién la paga y qué clase de pensión es."
        ),
        indicaciones=(
            _si(
                1,
                "En caso afirmativo indicar Dependencia o Entidad, clase de pensión",
                _("la dependencia o entidad y la clase de pensión"),
            ),
        ),
        califica=True,
    ),
    Pregunta(
        numero=2,
        texto="Tengo en suspenso o reservada pensión similar del Estado.",
        sencillas=_(
            "Marque SI si tiene otra pensión del Estado suspendida o reservada para después. "
            "Escriba de qué entidad es y de qué tipo."
        ),
        indicaciones=(
            _si(
                2,
                "En caso afirmativo indicar Dependencia o Entidad y tipo de pensión",
                _("la dependencia o entidad y el tipo de pensión"),
            ),
        ),
        califica=True,
    ),
    Pregunta(
        numero=3,
        texto="Presto mis servicios en el Estado, Entidades Descentralizadas, Autónomas, otros Órganos del "
        "Estado u otras entidades incorporadas al Régimen de Clases Pasivas Civiles del Estado.",
        sencillas=_(
            "Marque SI si todavía trabaja para el Estado y escriba en qué dependencia. "
            "Marque NO si ya entregó su cargo y escriba la fecha de entrega."
        ),
        indicaciones=(
            Indicacion(
                texto="En caso afirmativo indicar Dependencia o Entidad.",
                clave="detalle_3",
                campo=CampoTexto(
                    label=_("Dependencia o Entidad"), dato=_("la dependencia o entidad"), maximo=300
                ),
            ),
            Indicacion(
                texto="En caso negativo indicar la fecha de entrega de cargo.",
                clave="fecha_entrega_cargo",
                campo=CampoFechaEscrita(
                    label=_("Fecha de entrega de cargo"),
                    dato=_("la fecha de entrega de cargo"),
                    help_text=_(
                        "dd/mm/aaaa. El día en que firmó la entrega de su puesto. "
                        "No puede ser una fecha futura."
                    ),
                    widget=forms.TextInput({"inputmode": "numeric"}),
                ),
                cuando="NO",
                regla=_no_futura,
            ),
        ),
    ),
    Pregunta(
        numero=4,
        texto="He realizado trámite anterior ante esta Dirección.",
        sencillas=_(
            "Marque SI si antes hizo otro trámite en la Dirección de Previsión Civil. "
            "Escriba qué trámite fue."
        ),
        indicaciones=(
            _si(
                4,
                "Si su respuesta es afirmativa indicar ¿De qué tipo?",
                _("de qué tipo fue el trámite"),
            ),
        ),
    ),
    Pregunta(
        numero=5,
        texto="Percibo Aporte Económico del Programa de la Ley del Adulto Mayor.",
        sencillas=_("Marque SI si recibe el aporte económico del Adulto Mayor."),
        califica=True,
    ),
    Pregunta(
        numero=6,
        texto="He perdido la nacionalidad guatemalteca. (Estoy enterado (a) de las penas relativas al delito "
        "de perjurio si lo declarado no fuere cierto)",
        sencillas=_("Marque SI solo si dejó de tener la nacionalidad guatemalteca."),
        califica=True,
    ),
)

JURAMENTO = Declaracion(PREGUNTAS)
