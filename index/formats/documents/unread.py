"""
Files that are no articles yet: what each is, and how it becomes one.

A desk has them all. Whoever is refused should know which button to press. Pure.
"""

from __future__ import annotations

_SAVE = {
    "an old Word file": ("save it as .docx", ".doc .dot .wps"),
    "a document of LibreOffice": ("save it as .docx", ".odt .ott .fodt .sxw"),
    "a Rich Text document": ("save it as .docx or .txt", ".rtf"),
    "a document of Pages": ("export it as .docx or .pdf", ".pages"),
    "a document of WordPerfect": ("save it as .docx", ".wpd"),
    "a table": (
        "write a line of JSON for each article (.jsonl)",
        ".csv .tsv .xls .xlsx .ods .numbers",
    ),
    "a presentation": ("export it as .pdf", ".ppt .pptx .odp .key"),
    "a page saved with its pictures": ("save the page as .html", ".mht .mhtml .webarchive"),
    "a mail of Outlook": ("save it as .eml", ".msg .pst .oft"),
    "several mails": ("save each as .eml", ".mbox"),
    "captions in XML": ("save them as .srt or .vtt", ".ttml .dfxp .itt"),
    "captions with their looks": ("save them as .srt or .vtt", ".ass .ssa .sbv .stl .sub"),
    "an archive": ("unpack it and add what is in it", ".zip .gz .tgz .bz2 .xz .7z .rar .tar"),
    "a book": ("save its text as .txt", ".epub .mobi .azw3"),
    "a picture": (
        "write its text down as .txt",
        ".png .jpg .jpeg .gif .tif .tiff .webp .heic .svg .bmp",
    ),
    "a recording": (
        "add its transcript as .txt, or its captions as .srt or .vtt",
        ".mp3 .mp4 .m4a .wav .mov .avi .mkv .webm .ogg .aac .flac",
    ),
    "a layout": ("export it as .pdf or .txt", ".indd .idml .qxp .ai .psd"),
    "a calendar": ("leave it out", ".ics"),
}
_BY_SUFFIX = {
    suffix: f"{suffix} is {what}; {way_out}"
    for what, (way_out, suffixes) in _SAVE.items()
    for suffix in suffixes.split()
}


def refusal_of(suffix: str) -> str | None:
    """
    Say what a file is and how it becomes an article.

    Args:
        suffix: in small letters, with its dot.

    Returns:
        "what it is; what to do", None for a suffix that is not known.
    """
    return _BY_SUFFIX.get(suffix)
