"""The forms of steps 1-3 of a pension, with the order in which their fields stand on the screen."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Fieldset, Layout
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cuentas.validadores import mayor_de_edad
from escritura import correo as regla_correo
from escritura.orden import clave_busqueda
from escritura.signos import cifras
from territorio.consultas import codigos_municipios, departamentos, municipios_por_departamento
from tramites.definicion import ContextoPaso
from tramites.formularios import FormularioPaso

from . import validadores
from .actas import PREGUNTAS, Pregunta
from .campos import (
    CampoFecha,
    CampoIdentificacion,
    CampoLista,
    CampoNombre,
    CampoRegla,
    CampoSiNo,
    CampoTelefono,
    CampoTexto,
    Lista,
)
from .catalogos.consultas import opciones

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NACIONALIDAD = "GUATEMALTECA"
NOMBRES = (
    "primer_apellido",
    "segundo_apellido",
    "apellido_casada",
    "primer_nombre",
    "segundo_nombre",
    "tercer_nombre",
)


def disposicion(*partes: Any) -> FormHelper:
    """A crispy layout inside the page's own <form>."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*partes)
    return helper


class FormularioPrevision(FormularioPaso):
    """A step whose fields know how they are read."""

    def legibles(self) -> list[tuple[str, str]]:
        """(label, text for a reader) of what is frozen; options by name, «No indicado» for empty."""
        campos: dict[str, Any] = self.fields
        vacio = str(_("No indicado"))
        return [
            (str(campos[n].label), campos[n].legible(valor) if valor else vacio)
            for n, valor in self.congelables().items()
        ]

    def legible(self, campo: str, valor: str) -> str:
        """An option by its name, a date or a number as they are read."""
        return cast(Any, self.fields[campo]).legible(valor)


class Nombres(FormularioPrevision):
    """The six names, which steps 1 and 2 share (B2.2)."""

    primer_apellido = CampoNombre(
        label=_("Primer apellido"), dato=_("su primer apellido"), required=True, autocomplete="family-name"
    )
    segundo_apellido = CampoNombre(label=_("Segundo apellido"), dato=_("su segundo apellido"))
    apellido_casada = CampoNombre(
        label=_("Apellido de casada"),
        dato=_("su apellido de casada"),
        help_text=_("Solo si aparece en su DPI. Escríbalo sin «de»: el portal lo agrega."),
    )
    primer_nombre = CampoNombre(
        label=_("Primer nombre"),
        dato=_("su primer nombre"),
        required=True,
        autocomplete="given-name",
        help_text=_("Un nombre en cada casilla, igual que en su DPI."),
    )
    segundo_nombre = CampoNombre(
        label=_("Segundo nombre"),
        dato=_("su segundo nombre"),
        autocomplete="additional-name",
        help_text=_("Si su segundo nombre lleva «de» o «del», escríbalo completo ahí."),
    )
    tercer_nombre = CampoNombre(label=_("Tercer nombre"), dato=_("su tercer nombre"))

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """The account's names, in capitals (B1.1)."""
        return {campo: nombre.upper() for campo, nombre in contexto.nombres.items() if campo in NOMBRES}

    @classmethod
    def es_de_la_cuenta(cls, valores: Mapping[str, Any], contexto: ContextoPaso) -> bool:
        """Whether the full name is the account's (B1.1), however the boxes share it out.

        Names of a kind that the account does not hold may be added to it.
        """
        cuenta = cls.iniciales(contexto)
        suyos = [n for n in NOMBRES if n in cuenta]
        return _completo(cuenta) in (_completo(valores), _completo({n: valores.get(n, "") for n in suyos}))

    def avisos(self) -> list[str]:
        """Says so when the name is not the account's (B1.1)."""
        if self.es_de_la_cuenta(self.cleaned_data, self.contexto):
            return []
        aviso = _(
            "El nombre no es igual al de su cuenta. Revise que sea el de su DPI. ONSEC verá la diferencia."
        )
        return [str(aviso)]


def _completo(nombres: Mapping[str, Any]) -> str:
    """As names are compared: accents, apostrophes and dashes aside."""
    return clave_busqueda(" ".join(nombres[n] for n in NOMBRES if nombres.get(n)))


class DatosGenerales(Nombres):
    """Step 1: the applicant's name."""

    helper = disposicion(Fieldset(_("Nombre del solicitante"), *NOMBRES))


def _municipios() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The municipalities under the name of their department (B2.4)."""
    grupos = municipios_por_departamento()
    return tuple((nombre, grupos[codigo]) for codigo, nombre in departamentos() if codigo in grupos)


def _afiliacion_igss(valor: str) -> str:
    return validadores.afiliacion_igss(cifras(valor), codigos_municipios())


class Beneficiario(Nombres):
    """Step 2: the 23 data of the person who asks for the pension, in the order of B2."""

    genero = CampoLista(
        label=_("Género"), dato=_("su género"), required=True, opciones=lambda: opciones("genero")
    )
    etnia = CampoLista(
        label=_("Etnia"), opciones=lambda: opciones("pueblo"), help_text=_("Puede dejarlo en blanco.")
    )
    fecha_nacimiento = CampoFecha(
        label=_("Fecha de nacimiento"),
        dato=_("su fecha de nacimiento"),
        help_text=_("dd/mm/aaaa. Día, mes y año. Por ejemplo: 05/03/1975."),
        widget=forms.TextInput({"autocomplete": "bday", "inputmode": "numeric"}),
    )
    depto_nacimiento = CampoLista(
        label=_("Depto. de nacimiento"),
        opciones=departamentos,
        help_text=_("Donde nació según su certificación de RENAP, no donde vive."),
    )
    municipio_nacimiento = CampoLista(
        label=_("Municipio de nacimiento"),
        opciones=_municipios,
        help_text=_("Donde nació según su certificación de RENAP, no donde vive."),
        widget=Lista({"data-depende": "depto_nacimiento"}),
    )
    nacionalidad = CampoNombre(label=_("Nacionalidad"), dato=_("su nacionalidad"))
    ubicacion_geografica = CampoLista(
        label=_("Ubicación geográfica"), opciones=lambda: opciones("ubicacion_geografica")
    )
    tipo_identificacion = CampoLista(
        label=_("Tipo de identificación"), opciones=lambda: opciones("tipo_identificacion")
    )
    identificacion = CampoIdentificacion(
        label=_("Identificación"),
        dato=_("su identificación"),
        maximo=30,
        help_text=_("Los 13 números de su DPI (CUI), con o sin espacios."),
    )
    afiliacion_igss = CampoRegla(
        label=_("Afiliación al IGSS No."),
        dato=_("su afiliación al IGSS"),
        maximo=30,
        regla=_afiliacion_igss,
        help_text=_("Desde 2017 suele ser su CUI."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    estado_civil = CampoLista(label=_("Estado Civil"), opciones=lambda: opciones("estado_civil"))
    profesion = CampoTexto(label=_("Profesión u oficio"), dato=_("su profesión u oficio"))
    escolaridad = CampoLista(label=_("Escolaridad"), opciones=lambda: opciones("escolaridad"))
    comunidad_linguistica = CampoLista(
        label=_("Comunidad lingüística"),
        opciones=lambda: opciones("comunidad_linguistica"),
        help_text=_("Puede dejarlo en blanco."),
    )
    direccion = CampoTexto(
        label=_("Dirección de residencia"),
        dato=_("su dirección de residencia"),
        maximo=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    telefono = CampoTelefono(
        label=_("Número telefónico"),
        dato=_("su número telefónico"),
        maximo=30,
        regla=validadores.telefono,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    correo = CampoRegla(
        label=_("Correo electrónico"),
        dato=_("su correo electrónico"),
        maximo=254,
        regla=validadores.correo,
        help_text=_("Uno que usted revise. Ahí llegan los avisos para corregir."),
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )

    helper = disposicion(
        Fieldset(_("Nombre"), *NOMBRES),
        Fieldset(
            _("Origen y nacimiento"),
            *(
                "genero",
                "etnia",
                "fecha_nacimiento",
                "depto_nacimiento",
                "municipio_nacimiento",
                "nacionalidad",
            ),
            css_class="tramo",
        ),
        Fieldset(
            _("Identificación y trabajo"),
            *("ubicacion_geografica", "tipo_identificacion", "identificacion"),
            *("afiliacion_igss", "estado_civil", "profesion"),
            css_class="tramo",
        ),
        Fieldset(
            _("Estudios, residencia y contacto"),
            *("escolaridad", "comunidad_linguistica", "direccion", "telefono"),
            Field("correo", wrapper_class="doble"),
            css_class="tramo",
        ),
    )

    @classmethod
    def iniciales(cls, contexto: ContextoPaso) -> dict[str, str]:
        """What the account already knows is not asked again (B2.2, B2.5, B2.6; WCAG 3.3.7)."""
        nacimiento = contexto.fecha_nacimiento
        return super().iniciales(contexto) | {
            "fecha_nacimiento": nacimiento.isoformat() if nacimiento else "",
            "nacionalidad": NACIONALIDAD,
            "identificacion": contexto.cui,
            "correo": contexto.correo,
        }

    def clean_fecha_nacimiento(self) -> str:
        """Eighteen or more, and the date of the account (B2.3)."""
        if valor := self.cleaned_data["fecha_nacimiento"]:
            nacimiento = date.fromisoformat(valor)
            mayor_de_edad(nacimiento, self.contexto.hoy)
            validadores.nacimiento_de_la_cuenta(nacimiento, self.contexto.fecha_nacimiento)
        return valor

    def clean_municipio_nacimiento(self) -> str:
        """The pair is revalidated; a municipality alone already says its department (B2.4)."""
        municipio = self.cleaned_data["municipio_nacimiento"]
        departamento = self.cleaned_data.get("depto_nacimiento")
        if municipio and departamento:
            validadores.municipio_del_departamento(municipio, departamento)
        elif municipio and departamento == "":
            self.cleaned_data["depto_nacimiento"] = municipio[:2]
        return municipio

    def clean_identificacion(self) -> str:
        """Optional; when written it is validated by its type (B2.3)."""
        if valor := self.cleaned_data["identificacion"]:
            tipo = self.cleaned_data.get("tipo_identificacion", "")
            return validadores.identificacion(valor, tipo, self.contexto.cui, codigos_municipios())
        return valor

    def avisos(self) -> list[str]:
        """Also says where the notices go when the e-mail is not the account's (B2.6)."""
        correo = self.cleaned_data.get("correo", "")
        if not correo or regla_correo.normal(correo) == regla_correo.normal(self.contexto.correo):
            return super().avisos()
        return [
            *super().avisos(),
            _("Los avisos de ONSEC llegan al correo de su cuenta, %s, y no al que escribió aquí.")
            % self.contexto.correo,
        ]


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
            "prevision/invalidez/pregunta.html",
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


class Juramento(FormularioPrevision):
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
                    self.cleaned_data[campo] = self.tecleado()[campo]
            elif campo not in self.errors:
                self._exigir(campo)

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
