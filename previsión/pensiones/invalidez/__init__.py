"""Pensión Civil por Invalidez, from the manual of July 2024: its steps, documents and legal texts."""

from tramites.definicion import Procedencia, Tramite

from ...catalogos import casos
from ...catalogos.textos import del_dia
from ...familia import pasos
from ...familia.acta import acta, nombre_completo
from ...familia.formularios import NOMBRES
from ...familia.impreso import FormularioImpreso
from ...familia.juramento import JURAMENTO
from ...familia.marcas import marcas
from ...familia.textos import ADMISION, numerales, textos_de
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

EDITABLES = numerales(CLAVE, NOMBRE, PASOS, {1: ""}, Procedencia.OFICIAL)

INVALIDEZ = Tramite(
    clave=CLAVE,
    version=1,
    nombre=NOMBRE,
    rotulo="Invalidez",
    para_quien="Para quien ya no puede trabajar por una incapacidad total y permanente que declaró el IGSS.",
    pasos=PASOS,
    requisitos=REQUISITOS,
    textos=textos_de(
        CLAVE, derecho="prevision/invalidez/derecho.html", enterado="prevision/invalidez/enterado.html"
    ),
    textos_editables=EDITABLES,
    textos_del_dia=del_dia(EDITABLES),
    a_la_mano=("El dictamen del IGSS que declara su invalidez.",),
    formulario_impreso=FormularioImpreso(
        nombre=NOMBRE, declaracion=JURAMENTO, enterado="prevision/invalidez/enterado_texto.html"
    ),
    acta=acta,
    nombre_completo=nombre_completo,
    renglon_formulario=1,
    renglon_otros=8,
    base_admision=ADMISION,
    campos_compartidos=frozenset(NOMBRES),
    campos_convenientes={"beneficiario": ("fecha_nacimiento", "direccion", "telefono", "afiliacion_igss")},
    motivos=casos.motivos,
    partes_de_caso=casos.casos_de(CLAVE, PASOS),
    marcas=marcas,
    internos=InternosDeInvalidezForm,
)
