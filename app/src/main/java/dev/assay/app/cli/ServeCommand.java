package dev.assay.app.cli;

import dev.assay.app.web.AssayServer;
import dev.assay.app.web.ServeSettings;
import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay serve}: a web page on this machine for those who do not live on the command line. */
@Command(
        name = "serve",
        description = "Opens a web page on this machine: start runs and watch them, look at their reports,"
                + " decide on suspicious rows, predict.",
        customSynopsis = "assay serve [DIR...] [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay serve",
            "      what is in ./assay-runs, where new runs go too",
            "  assay serve result/ blocks/",
            "      look at runs of the command line",
            "  assay serve --port 8080 --no-browser",
            "      on a port of your choice; open the printed address yourself",
            "",
            "Only this machine is listened to, and only who knows the token in the printed",
            "address is answered. With --host others can come too: put something that speaks",
            "TLS in front. The HTTP API is described in docs/api.md.",
            "",
            "Exit status: 1 a fault of Assay, 2 the folders or the options, 130 Ctrl-C."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 4747;
    private static final int PORTS_TRIED = 20;
    private static final int TOKEN_BYTES = 24;
    private static final int SHORTEST_TOKEN = 8;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kmgt]?)i?b?");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]+");

    @Parameters(
            paramLabel = "DIR",
            arity = "0..*",
            description = "Folders of runs, or folders that hold such folders; new runs go into the first of these"
                    + " (default: the folder assay-runs here).")
    private List<Path> folders = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where to listen; 0 picks a free port (default: 4747, or the next one that is free).")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Listen on this address of the machine, not on 127.0.0.1 alone.")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "What clients must know: letters, digits, and - . _ ~ (default: a new random one).")
    private @Nullable String token;

    @Option(names = "--no-browser", description = "Open no browser.")
    private boolean noBrowser;

    @Option(
            names = "--max-upload",
            paramLabel = "SIZE",
            description = "The largest file that may be uploaded, such as 500M (default: 2G).")
    private String maxUpload = "2G";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many the computations use (default: all processors).")
    private @Nullable Integer threads;

    @Option(names = "--quiet", description = "Print the address alone.")
    private boolean quiet;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        PrintWriter out = self.commandLine().getOut();
        PrintWriter err = self.commandLine().getErr();
        String known = knownToken();
        try (AssayServer server = started(known, out, err)) {
            String address = server.address() + "?token=" + known;
            if (quiet) {
                out.println(address);
            } else {
                out.println("Assay is at " + address + " (Ctrl-C stops it)");
            }
            out.flush();
            if (!noBrowser) {
                Browser.open(address);
            }
            Thread end = new Thread(server::close, "assay-end");
            Runtime.getRuntime().addShutdownHook(end);
            // until the process is told to end
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private AssayServer started(String known, PrintWriter out, PrintWriter err) {
        long bytes = size();
        if (threads != null && threads < 1) {
            throw new InvalidInputException("--threads is " + threads + ", expected at least 1");
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new InvalidInputException("--port is " + port + ", expected 0 to 65535");
        }
        List<Path> given = new ArrayList<>();
        Path workspace = null;
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                if (workspace != null) {
                    throw new InvalidInputException("there is no folder " + folder);
                }
            } else if (!Files.isDirectory(folder)) {
                throw new InvalidInputException(folder + " is a file, expected a folder of runs");
            }
            Path absolute = folder.toAbsolutePath().normalize();
            given.add(absolute);
            if (workspace == null && !Files.exists(folder.resolve("run.json"))) {
                workspace = absolute;
            }
        }
        if (workspace == null) {
            workspace = Path.of("assay-runs").toAbsolutePath().normalize();
        }
        if (!host.equals("127.0.0.1") && !host.equals("localhost") && !host.equals("::1")) {
            err.println("assay serve: others can reach " + host
                    + " too, and what is sent there is not encrypted: put something that speaks TLS in front of it");
            err.flush();
        }
        int last = port == null ? USUAL_PORT + PORTS_TRIED : port;
        for (int tried = port == null ? USUAL_PORT : port; ; tried++) {
            try {
                AssayServer server = AssayServer.start(
                        new ServeSettings(given, workspace, host, tried, known, bytes, threads),
                        new ServedCommands(),
                        err);
                if (port == null && tried != USUAL_PORT && !quiet) {
                    out.println("Port " + USUAL_PORT + " is taken, " + tried + " is free.");
                }
                return server;
            } catch (InvalidInputException taken) {
                if (tried == last) {
                    throw taken;
                }
            }
        }
    }

    private String knownToken() {
        if (token != null) {
            if (!TOKEN.matcher(token).matches() || token.length() < SHORTEST_TOKEN) {
                throw new InvalidInputException("--token has " + token.length() + " characters, expected at least "
                        + SHORTEST_TOKEN + " of letters, digits and - . _ ~");
            }
            return token;
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private long size() {
        Matcher matcher = SIZE.matcher(maxUpload.toLowerCase(Locale.ROOT).strip());
        if (!matcher.matches()) {
            throw new InvalidInputException("--max-upload is '" + maxUpload + "', expected a size such as 500M or 2G");
        }
        int power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        return Long.parseLong(matcher.group(1)) << (10 * power);
    }

    /** The browser of a desktop, where there is one. */
    private static final class Browser {
        private Browser() {}

        static void open(String address) {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            boolean mac = system.contains("mac");
            boolean windows = system.contains("windows");
            boolean desktop = mac || windows || present("DISPLAY") || present("WAYLAND_DISPLAY");
            if (!desktop) {
                return;
            }
            List<String> words = mac
                    ? List.of("open", address)
                    : windows
                            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                            : List.of("xdg-open", address);
            try {
                new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException none) {
                // the address is printed, too
                return;
            }
        }

        private static boolean present(String variable) {
            String value = System.getenv(variable);
            return value != null && !value.isEmpty();
        }
    }
}
