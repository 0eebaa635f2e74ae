"""The documents that the procedures of the family share (comun.md §4); each procedure numbers its own.

Names and notes are the manual's (textos.md §9). The help says only what is sure (textos.md §17); what ONSEC
has not confirmed yet is left out.
"""

from functools import partial

from tramites.definicion import Requisito

VIGENTE = "Debe estar vigente. En ventanilla, ONSEC la pide con 6 meses o menos."


def formulario(*, numero: int, paso: int) -> Requisito:
    """R-FORM: the form that was downloaded in that step, signed."""
    return Requisito(
        numero=numero,
        nombre="Formulario de Solicitud de Pensión debidamente firmado y ratificado",
        obligatorio=True,
        ayuda=f"Es el PDF que descargó en el paso {paso}, impreso y firmado por usted en el formulario "
        "y en el acta.",
        donde="En este portal, gratis, con «Guardar y Descargar».",
        control=(
            "El formulario lleva firma en «FIRMA DEL SOLICITANTE».",
            "El acta lleva firma al pie.",
            "La ratificación lleva la misma fecha del formulario o una posterior.",
            "El código impreso es el de la versión enviada.",
        ),
    )


NACIMIENTO = partial(
    Requisito,
    nombre="Certificación de nacimiento (vigente)",
    obligatorio=True,
    ayuda="Documento de RENAP que prueba su nacimiento.",
    donde="RENAP.",
    vigencia=VIGENTE,
    control=(
        "Está vigente.",
        "Es del titular: nombre, CUI y fecha de nacimiento coinciden.",
        "Lleva nombre, cargo, firma y sello del registrador.",
    ),
)
DPI = partial(
    Requisito,
    nombre="Documento personal de identificación -DPI-",
    obligatorio=True,
    nota="Ambos lados del documento",
    ayuda="Copia de su DPI por los dos lados, legible, en PDF.",
    donde="Usted ya lo tiene; se repone en RENAP.",
    control=(
        "Están los dos lados del DPI.",
        "Se lee completo.",
        "El CUI es el de la cuenta.",
    ),
)
ANTECEDENTES = partial(
    Requisito,
    nombre="Constancia de antecedentes penales (vigente)",
    obligatorio=True,
    nota="Extendida por el Organismo Judicial",
    ayuda="Constancia de que no tiene antecedentes penales. No es la de la policía.",
    donde="Organismo Judicial.",
    vigencia=VIGENTE,
    control=(
        "Está vigente.",
        "La extendió el Organismo Judicial.",
        "Es del titular.",
    ),
)
TIEMPO_DE_SERVICIO = partial(
    Requisito,
    nombre="Certificación de Tiempo de Servicio",
    obligatorio=True,
    nota="En este apartado deberá cargar las certificaciones de tiempo de servicios de todas las "
    "instituciones en donde haya contribuido al Régimen de Clases Pasivas Civiles del Estado. "
    "* No aplica si el causante hubiese sido jubilado o pensionado por invalidez.",
    ayuda="Una certificación por cada institución en donde contribuyó al Régimen; puede cargar varios PDF.",
    donde="Hasta 1970, Contraloría; desde 1971, ONSEC (también por CEO) y las demás instituciones.",
    control=(
        "Hay una certificación por cada institución en donde contribuyó.",
        "Los periodos quedan completos.",
    ),
)
HORARIOS = partial(
    Requisito,
    nombre="Certificación de horarios",
    obligatorio=False,
    nota="Únicamente si el causante laboró en un mismo periodo en dos o más cargos. "
    "* No aplica si el causante hubiese sido jubilado.",
    ayuda="Solo si tuvo dos o más cargos en un mismo periodo.",
    control=(
        "Está, si hubo dos o más cargos en un mismo periodo.",
        "Los horarios de los cargos no se traslapan.",
    ),
)


def otros(*, numero: int) -> Requisito:
    """R-OTR: what was not foreseen, always the last."""
    return Requisito(
        numero=numero,
        nombre="Otros",
        obligatorio=False,
        nota="Utilizar en caso de ser necesario adjuntar documentos que no se encuentran en los numerales "
        "anteriores o en caso de requerimientos hechos mediante providencia.",
        ayuda=f"Cualquier papel que no esté en los números 1 al {numero - 1}, o que ONSEC le pida por "
        "providencia. Aquí va la solvencia, si ya la tiene.",
        donde="Según el papel; la solvencia, en cada institución donde trabajó.",
        control=(
            "Si es la solvencia, quedó asentada en los datos internos.",
            "Si responde a una providencia, cumple lo que se pidió.",
        ),
    )
