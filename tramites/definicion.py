"""What a procedure is: the frozen vocabulary in which `previsión` describes each pension.

Pure data, no ORM and no HTTP: steps, fields and renglones are code, versioned by
(clave, version), so that a Gestión is always read with the rules under which it was made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from papeles.impreso import Impreso

if TYPE_CHECKING:
    from django.forms import Form

    from .formularios import PasoForm


# What was answered: a field's normalised text, by its key; and those, by the key of their step. A draft's
# are incomplete: every function that takes them answers something, whatever they are.
Valores = Mapping[str, str]
Respuestas = Mapping[str, Valores]
# An element of a group has a number of its own for life; that of its renglón is base × 100 + it.
BASE = 100


class NoDefinido(KeyError):
    """The procedure has no such step or renglón."""


class ClasePaso(Enum):
    """What a step asks of the person; each class has its own view in `ciudadano`."""

    FORMULARIO = "formulario"  # fields that are saved (1-3)
    ACTA = "acta"  # read and go on (4)
    ENTERADO = "enterado"  # confirm, which freezes the form (5)
    DOCUMENTOS = "documentos"  # load the files (6)
    VALIDACION = "validacion"  # check everything and send (7)


class Exigencia(Enum):
    """What a renglón asks of a Gestión, as it was answered."""

    OBLIGATORIO = "obligatorio"
    OPCIONAL = "opcional"
    NO_APLICA = "no aplica"


@dataclass(frozen=True, kw_only=True)
class Grupo:
    """What a step repeats: so many children, so many services.

    Its values lie flat beside the step's: `hijos.3.primer_nombre`, and `hijos.orden` «1,3» says which stand.
    `rotulo` begins the label of each («Hijo»), `singular` is what is to be added («un hijo»), `lleno` what is
    said of one too many; `titulo` names one by its values.
    """

    clave: str
    rotulo: str
    singular: str
    lleno: str
    minimo: int
    maximo: int
    elemento: "type[PasoForm]"
    titulo: Callable[[Valores], str]

    def ordinales(self, valores: Valores) -> tuple[int, ...]:
        """The numbers of its elements, as they stand; nothing else of that group counts."""
        escritos = valores.get(f"{self.clave}.orden", "").split(",")
        numeros = (int(n) for n in escritos if n.isascii() and n.isdigit() and len(n) < len(str(BASE)))
        return tuple(dict.fromkeys(filter(None, numeros)))[: self.maximo]

    def de(self, valores: Valores, ordinal: int) -> dict[str, str]:
        """The values of one of its elements, by the field's own key."""
        prefijo = f"{self.clave}.{ordinal}."
        return {c.removeprefix(prefijo): v for c, v in valores.items() if c.startswith(prefijo)}


def _siempre(_respuestas: Respuestas) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Paso:
    """One step of the wizard; `clave` stands in its address and never changes.

    `guia` says under its title how it is filled; in a `declaracion` each label is a whole sentence.
    `numero` is its order in the procedure and, in `Tramite.pasos_de`, the one that the person sees.
    """

    clave: str
    numero: int
    nombre: str
    clase: ClasePaso
    plantilla: str
    formulario: "type[PasoForm] | None" = None
    guia: str = "Los campos con * son obligatorios. Los demás puede dejarlos en blanco."
    declaracion: bool = False
    aplica: Callable[[Respuestas], bool] = _siempre

    @property
    def grupos(self) -> tuple[Grupo, ...]:
        """What its form repeats."""
        return self.formulario.grupos if self.formulario else ()

    @property
    def rotulo(self) -> str:
        """What people call it by its number: «Paso 2»."""
        return f"Paso {self.numero}"

    @property
    def clase_formulario(self) -> "type[PasoForm]":
        """The form of a step that has one; `NoDefinido` in the others."""
        return self.formulario or _sin(self.clave)


@dataclass(frozen=True, kw_only=True)
class Requisito:
    """A document that the procedure asks for: one renglón or, with `por`, one an element of that group.

    Where it depends on the answers, `exigencia_segun` and `nombre_segun` say it, from them and from the
    values of its element (none without a group), and `condicion` tells it to a reader: «Solo si: …».
    `nota` is the manual's note, in italics; `control`, what the analyst checks (F5).
    """

    numero: int
    nombre: str
    obligatorio: bool = True
    exigencia_segun: Callable[[Respuestas, Valores], Exigencia] | None = None
    nombre_segun: Callable[[Respuestas, Valores], str] | None = None
    condicion: str = ""
    por: str = ""
    nota: str = ""
    ayuda: str = ""
    donde: str = ""
    vigencia: str = ""
    control: tuple[str, ...] = ()

    def renglon(self, respuestas: Respuestas, elemento: Valores, ordinal: int = 0) -> "Renglon":
        """What it asks for those answers."""
        fija = Exigencia.OBLIGATORIO if self.obligatorio else Exigencia.OPCIONAL
        return Renglon(
            numero=self.numero * BASE + ordinal if ordinal else self.numero,
            nombre=self.nombre_segun(respuestas, elemento) if self.nombre_segun else self.nombre,
            exigencia=self.exigencia_segun(respuestas, elemento) if self.exigencia_segun else fija,
            requisito=self,
        )


@dataclass(frozen=True, kw_only=True)
class Renglon:
    """A row of the documents' table of one Gestión; its files keep `numero`, which is 302 for «3.2»."""

    numero: int
    nombre: str
    exigencia: Exigencia
    requisito: Requisito

    def __str__(self) -> str:
        return self.etiqueta

    @property
    def etiqueta(self) -> str:
        """Its number as people read it."""
        return etiqueta(self.numero)

    @property
    def rotulo(self) -> str:
        """What people call it by its number: «Documento 3.2»."""
        return f"Documento {self.etiqueta}"

    @property
    def aplica(self) -> bool:
        """Whether it is asked for, or may be given."""
        return self.exigencia is not Exigencia.NO_APLICA

    @property
    def obligatorio(self) -> bool:
        """Whether it must hold a file before sending."""
        return self.exigencia is Exigencia.OBLIGATORIO


def orden(numero: int) -> tuple[int, int]:
    """The place of a renglón among the others: 302 comes after 3 and before 4."""
    base, ordinal = divmod(numero, BASE)
    return (base, ordinal) if base else (ordinal, 0)


def etiqueta(numero: int) -> str:
    """The number of a renglón as people read it: 3 is «3» and 302 is «3.2»."""
    base, ordinal = divmod(numero, BASE)
    return f"{base}.{ordinal}" if base else str(ordinal)


@dataclass(frozen=True, kw_only=True)
class Textos:
    """The template with the legal words of each screen; they read `tramite`, `gestion`, `textos` and `acta`.

    `pasos` are those of the steps with fields, by their key. `acta` and `descarga` are of whoever has an acta
    and a form to sign.
    """

    derecho: str
    requisitos: str
    pasos: Mapping[str, str]
    enterado: str
    documentos: str
    documentos_pie: str
    previo: str
    ventana_envio: str
    ventana_admision: str
    estado: str
    acta: str = ""
    descarga: str = ""

    @property
    def todos(self) -> tuple[str, ...]:
        """Every template, whatever its screen."""
        propios = (getattr(self, campo.name) for campo in fields(self) if campo.name != "pasos")
        return tuple(plantilla for plantilla in (*propios, *self.pasos.values()) if plantilla)


class Procedencia(Enum):
    """Whose words a text has, as the admin labels it (MO17)."""

    OFICIAL = "oficial"
    PROPIA = "redacción propia, pendiente del texto oficial"


@dataclass(frozen=True, kw_only=True)
class TextoVersionado:
    """A text that ONSEC's staff write, version by version; an empty version is not shown.

    `clave` begins with the procedure's, `donde` says in words where it is read, and `inicial` is what it says
    until they write one, whose words are of that `procedencia`.
    """

    clave: str
    donde: str
    procedencia: Procedencia
    inicial: str = ""


@dataclass(frozen=True, kw_only=True)
class Consejo:
    """A sentence of the orientation; `tramite` is the key of another procedure to which it leads."""

    frase: str
    tramite: str = ""


@dataclass(frozen=True, kw_only=True)
class Orientacion:
    """Questions before beginning, and what their clean values advise on a day; nothing is kept (MO10)."""

    formulario: "type[Form]"
    aconsejar: Callable[[Mapping[str, Any], date], tuple[Consejo, ...]]


@dataclass(frozen=True, kw_only=True)
class PartesDeCaso:
    """What a Caso de Previo is composed of in one renglón or step: «Documento», «Campo», «Defecto» (F4)."""

    documentos: tuple[str, ...] = ()
    campos: tuple[str, ...] = ()
    defectos: tuple[str, ...] = ()


def _sin_partes(_lugar: int | str) -> PartesDeCaso:
    return PartesDeCaso()


def _sin_marcas(_pasos: Mapping[str, Any], _contexto: "ContextoPaso") -> Mapping[str, tuple[str, ...]]:
    return {}


@dataclass(frozen=True, kw_only=True)
class ContextoPaso:
    """What a step's form may know beyond what was typed: the account, today's date and the other answers."""

    cui: str
    correo: str
    nombres: Mapping[str, str]
    fecha_nacimiento: date | None
    hoy: date
    respuestas: Respuestas = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Congelado:
    """A frozen version of the form: what the person confirmed and the paper says.

    `pasos` maps each step's key to {"valores": {field: text}, "legibles": [[label, text], …]}.
    `resumen` is the SHA-256 (hex) of its canonical JSON and `codigo` the short form on the paper.
    """

    numero: int
    version: int
    codigo: str
    resumen: str
    cui: str
    nombre_completo: str
    fecha_acta: date
    meses_archivo: int
    pasos: Mapping[str, Mapping[str, Any]]
    textos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tramite:
    """A whole procedure.

    `textos` are the templates with its legal words; `textos_editables`, those that ONSEC's staff write, which
    `textos_del_dia` gives as they stand today: they are frozen with the form. `a_la_mano` says what to have
    ready before beginning.

    `familia` is the sub-entry of «Mis Solicitudes» where its Gestiones are; `para_quien`, the sentence of its
    card that says who may ask for it.

    `renglon_formulario` takes the signed form, None where there is none to sign; `renglon_otros`, what was
    not foreseen, always open once sent (B7.3, E6).

    For the desk: `base_admision` is the law by which it is admitted, where it depends on the answers
    `base_segun`; `motivos` are the general motives of
    a previo, `partes_de_caso` what a case is composed of in a renglón (its number) or step (its key), and
    `marcas` what the frozen answers (as in `Congelado.pasos`) ask the analyst to look at, by step;
    `internos` is the form of the data that the desk leaves on record and its owner never sees (F6).
    """

    clave: str
    version: int
    nombre: str
    rotulo: str
    pasos: tuple[Paso, ...]
    requisitos: tuple[Requisito, ...]
    textos: Textos
    nombre_completo: Callable[[Mapping[str, str]], str]
    renglon_otros: int
    base_admision: str
    familia: str = "Pensiones"
    para_quien: str = ""
    articulo: str = "la"
    a_la_mano: tuple[str, ...] = ()
    textos_editables: tuple[TextoVersionado, ...] = ()
    base_segun: Callable[[Respuestas], str] | None = None
    formulario_impreso: Callable[[Congelado], Impreso] | None = None
    acta: Callable[..., Mapping[str, Any]] | None = None
    renglon_formulario: int | None = None
    textos_del_dia: Callable[[], Mapping[str, str]] = dict
    campos_compartidos: frozenset[str] = field(default_factory=frozenset)
    campos_convenientes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    motivos: Callable[[], tuple[str, ...]] = tuple
    partes_de_caso: Callable[[int | str], PartesDeCaso] = _sin_partes
    marcas: Callable[[Mapping[str, Any], ContextoPaso], Mapping[str, tuple[str, ...]]] = _sin_marcas
    internos: "type[Form] | None" = None
    orientacion: Orientacion | None = None

    def __post_init__(self) -> None:
        """`ValueError` when a step lacks its legal words: it fails here, not on the screen."""
        sin_texto = {paso.clave for paso in self.formularios} - self.textos.pasos.keys()
        if any(p.clase is ClasePaso.ACTA for p in self.pasos) and not self.textos.acta:
            sin_texto.add("acta")
        if sin_texto:
            raise ValueError(f"{self.clave}: sin texto legal en {', '.join(sorted(sin_texto))}")

    @property
    def de_nombre(self) -> str:
        """Its name after «de»: «de la Pensión Civil por…», «del Permiso…»."""
        return f"del {self.nombre}" if self.articulo == "el" else f"de {self.articulo} {self.nombre}"

    def paso(self, clave: str) -> Paso:
        """The step with that key; `NoDefinido` when there is none."""
        return next((p for p in self.pasos if p.clave == clave), None) or _sin(clave)

    def requisito(self, numero: int) -> Requisito:
        """What is asked for in that renglón, 302 or 3; `NoDefinido` when there is none."""
        base, ordinal = divmod(numero, BASE)
        buscado = (base, True) if base and ordinal else (ordinal, False)
        hallado = (r for r in self.requisitos if (r.numero, bool(r.por)) == buscado)
        return next(hallado, None) or _sin(numero)

    @property
    def formularios(self) -> tuple[Paso, ...]:
        """The steps whose fields are typed and later frozen."""
        return tuple(p for p in self.pasos if p.clase is ClasePaso.FORMULARIO)

    @cached_property
    def invariable(self) -> bool:
        """Whether it asks everybody for the same steps and documents, whatever they answer."""
        segun = (r.exigencia_segun or r.nombre_segun or r.por for r in self.requisitos)
        return not any(segun) and all(p.aplica is _siempre for p in self.pasos)

    def pasos_de(self, respuestas: Respuestas) -> tuple[Paso, ...]:
        """The steps that apply, numbered from 1 as the person sees them."""
        aplican = (p for p in self.pasos if p.aplica(respuestas))
        return tuple(p if p.numero == n else replace(p, numero=n) for n, p in enumerate(aplican, 1))

    def renglones(self, respuestas: Respuestas) -> tuple[Renglon, ...]:
        """Every renglón for those answers, in order, those that do not apply included."""
        return tuple(
            requisito.renglon(respuestas, elemento, ordinal)
            for requisito in self.requisitos
            for ordinal, elemento in self._elementos(requisito.por, respuestas)
        )

    def renglon(self, numero: int, respuestas: Respuestas) -> Renglon:
        """The renglón of that number; of an element that no longer stands, it does not apply.

        `NoDefinido` when the procedure has none.
        """
        hay = next((r for r in self.renglones(respuestas) if r.numero == numero), None)
        sin_elemento = replace(self.requisito(numero).renglon(respuestas, {}), numero=numero)
        return hay or replace(sin_elemento, exigencia=Exigencia.NO_APLICA)

    def _elementos(self, clave: str, respuestas: Respuestas) -> list[tuple[int, Valores]]:
        """(ordinal, values) of each element of that group; without one, a nameless single."""
        if not clave:
            return [(0, {})]
        return [
            (n, grupo.de(valores, n))
            for paso in self.pasos
            for grupo in paso.grupos
            for valores in [respuestas.get(paso.clave, {})]
            if grupo.clave == clave
            for n in grupo.ordinales(valores)
        ]

    def base_de(self, respuestas: Respuestas) -> str:
        """The law by which it is admitted, for those answers."""
        return self.base_segun(respuestas) if self.base_segun else self.base_admision

    def busca(self, clase: ClasePaso) -> Paso | None:
        """The one step of that class, None when the procedure has none."""
        return next((p for p in self.pasos if p.clase is clase), None)


def _sin(clave: object) -> Any:
    raise NoDefinido(clave)
