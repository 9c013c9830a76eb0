package dev.assay.app.web.http;

/** A request that cannot be answered as asked: the status of the response and one line that says why. */
public final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public ApiError(int status, String line) {
        super(line);
        this.status = status;
    }

    /** The request itself is wrong. */
    public static ApiError bad(String line) {
        return new ApiError(400, line);
    }

    /** There is no such thing. */
    public static ApiError missing(String line) {
        return new ApiError(404, line);
    }

    /** Not now: the state of the run does not allow it. */
    public static ApiError conflict(String line) {
        return new ApiError(409, line);
    }

    /** The folder of a run is not as Assay leaves one. */
    public static ApiError damaged(String what) {
        return conflict("this run is damaged: " + what);
    }

    /** Too many do the same at this moment. */
    static ApiError busy(String line) {
        return new ApiError(503, line);
    }

    public int status() {
        return status;
    }
}
