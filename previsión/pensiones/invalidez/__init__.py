"""Pensión Civil por Invalidez, from the manual of July 2024: its steps, documents and legal texts."""

from tramites.definicion import Tramite

from ...catalogos import casos
from ...catalogos.consultas import texto_editable
from ...familia import pasos
from ...familia.acta import acta, nombre_completo
from ...familia.formularios import NOMBRES
from ...familia.impreso import FormularioImpreso
from ...familia.juramento import JURAMENTO
from ...familia.marcas import marcas
from .internos import InternosDeInvalidezForm
from .renglones import REQUISITOS

CLAVE, NOMBRE = "invalidez", "Pensión Civil por Invalidez"
PASOS = pasos.en_orden(
    pasos.DATOS_GENERALES,
    pasos.BENEFICIARIO,
    pasos.juramento(),
    pasos.ACTA,
    pasos.NOTIFICADO,
    pasos.DOCUMENTOS,
    pasos.VALIDACION,
)

# Screen → template with its legal words. They read `tramite`, `gestion` and, on the acta, `acta`.
TEXTOS = {
    **{
        pantalla: f"prevision/invalidez/{pantalla}.html" for pantalla in ("derecho", "requisitos", "enterado")
    },
    "paso1": "prevision/comun/datos_generales.html",
    "paso2": "prevision/comun/beneficiario.html",
    "paso3": "prevision/comun/juramento.html",
    **{
        pantalla: f"prevision/comun/{pantalla}.html"
        for pantalla in (
            "acta",
            "descarga",
            "documentos",
            "documentos_pie",
            "previo",
            "ventana_envio",
            "ventana_admision",
            "estado",
        )
    },
}

INVALIDEZ = Tramite(
    clave=CLAVE,
    version=1,
    nombre=NOMBRE,
    rotulo="Invalidez",
    para_quien="Para quien ya no puede trabajar por una incapacidad total y permanente que declaró el IGSS.",
    pasos=PASOS,
    requisitos=REQUISITOS,
    textos=TEXTOS,
    formulario_impreso=FormularioImpreso(
        nombre=NOMBRE, declaracion=JURAMENTO, enterado="prevision/invalidez/enterado_texto.html"
    ),
    acta=acta,
    nombre_completo=nombre_completo,
    renglon_formulario=1,
    renglon_otros=8,
    base_admision="Decreto 63-88, artículo 31, segundo párrafo; Acuerdo Gubernativo 1220-88, artículo 24",
    textos_del_dia=lambda: {"enterado_1": texto_editable("invalidez.enterado.1")},
    campos_compartidos=frozenset(NOMBRES),
    campos_convenientes={"beneficiario": ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss")},
    motivos=casos.motivos,
    partes_de_caso=casos.casos_de(CLAVE, PASOS),
    marcas=marcas,
    internos=InternosDeInvalidezForm,
)
