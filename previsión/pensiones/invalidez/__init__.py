"""Pensión Civil por Invalidez, from the manual of July 2024: its steps, documents and legal texts."""

from tramites.definicion import ClasePaso, Paso, Tramite

from ...catalogos import casos
from ...catalogos.consultas import texto_editable
from ...familia.acta import acta, nombre_completo
from ...familia.formularios import NOMBRES, BeneficiarioForm, DatosGeneralesForm
from ...familia.impreso import formulario_impreso
from ...familia.juramento import JuramentoForm
from ...familia.marcas import marcas
from .renglones import REQUISITOS

PASOS = (
    Paso(
        clave="datos-generales",
        numero=1,
        nombre="Datos Generales",
        clase=ClasePaso.FORMULARIO,
        plantilla="tramites/ciudadano/paso_formulario.html",
        formulario=DatosGeneralesForm,
    ),
    Paso(
        clave="beneficiario",
        numero=2,
        nombre="Datos del Beneficiario",
        clase=ClasePaso.FORMULARIO,
        plantilla="tramites/ciudadano/paso_formulario.html",
        formulario=BeneficiarioForm,
    ),
    Paso(
        clave="juramento",
        numero=3,
        nombre="Bajo Juramento",
        clase=ClasePaso.FORMULARIO,
        plantilla="tramites/ciudadano/paso_formulario.html",
        formulario=JuramentoForm,
    ),
    Paso(
        clave="acta",
        numero=4,
        nombre="Acta de Ratificación",
        clase=ClasePaso.ACTA,
        plantilla="tramites/ciudadano/paso_acta.html",
    ),
    Paso(
        clave="notificado",
        numero=5,
        nombre="Notificado",
        clase=ClasePaso.ENTERADO,
        plantilla="tramites/ciudadano/paso_enterado.html",
    ),
    Paso(
        clave="documentos",
        numero=6,
        nombre="Documentos de Respaldo",
        clase=ClasePaso.DOCUMENTOS,
        plantilla="tramites/ciudadano/paso_documentos.html",
    ),
    Paso(
        clave="validacion",
        numero=7,
        nombre="Validación",
        clase=ClasePaso.VALIDACION,
        plantilla="tramites/ciudadano/paso_validacion.html",
    ),
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
    clave="invalidez",
    version=1,
    nombre="Pensión Civil por Invalidez",
    rotulo="Invalidez",
    pasos=PASOS,
    requisitos=REQUISITOS,
    textos=TEXTOS,
    formulario_impreso=formulario_impreso,
    acta=acta,
    nombre_completo=nombre_completo,
    renglon_formulario=1,
    renglon_otros=8,
    base_admision="Decreto 63-88, artículo 31, segundo párrafo; Acuerdo Gubernativo 1220-88, artículo 24",
    textos_del_dia=lambda: {"enterado_1": texto_editable("invalidez.enterado.1")},
    campos_compartidos=frozenset(NOMBRES),
    campos_convenientes={"beneficiario": ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss")},
    motivos=casos.motivos,
    partes_de_caso=casos.partes_de_caso,
    marcas=marcas,
)
