package dev.assay.io.file;

/** The formats that are read. All but the binary tables may be gzipped too. */
public enum FileFormat {
    /** Text, one record per line, fields between commas (or semicolons, tabs or bars). */
    CSV("csv"),
    /** Text, one record per line, fields between tabs. */
    TSV("tsv"),
    /** A JSON array of objects. */
    JSON("json"),
    /** One JSON object per line. */
    JSON_LINES("jsonl"),
    /** Apache Parquet. */
    PARQUET("parquet"),
    /** One NumPy array. */
    NPY("npy"),
    /** A zip file of NumPy arrays. */
    NPZ("npz"),
    /** The array format of the MNIST files. */
    IDX("idx");

    private final String extension;

    FileFormat(String extension) {
        this.extension = extension;
    }

    /** The usual ending of a file name, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whether the rows have named columns. */
    public boolean isTable() {
        return this == CSV || this == TSV || this == JSON || this == JSON_LINES || this == PARQUET;
    }
}
