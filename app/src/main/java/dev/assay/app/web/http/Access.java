package dev.assay.app.web.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: those who name this machine by its own name (which stops other names that were made to point here), whose
 * page came from here (which stops other pages), and who know the token.
 */
public final class Access {
    private static final String BEARER = "Bearer ";
    private static final int PLAIN_PORT = 80;

    private final byte[] token;
    private final String cookie;
    private final Set<String> hosts;
    private final Set<String> origins = new HashSet<>();

    /**
     * For a server that listens.
     *
     * @param host the address it was told to listen on
     * @param port the port it listens on
     */
    public Access(String token, String host, int port) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.cookie = "assay-" + port;
        this.hosts = hosts(host, port);
        hosts.forEach(name -> origins.add("http://" + name));
    }

    /** Whether an address is this machine's own, which no other machine can reach. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** The name of the cookie that holds the token; cookies do not know ports. */
    public String cookie() {
        return cookie;
    }

    /**
     * Lets a request pass or not.
     *
     * @throws ApiError 403 if it comes by a wrong name or from another page, 401 if it does not know the token
     */
    public void check(Context context) {
        String host = context.header("Host");
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new ApiError(
                    403, "this server is not called '" + host + "'; use the address that assay serve printed");
        }
        String origin = context.header("Origin");
        if (origin != null && !origins.contains(origin.toLowerCase(Locale.ROOT))) {
            throw new ApiError(403, "a page of " + origin + " may not ask this server");
        }
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none") && !isNavigation(context)) {
            throw new ApiError(403, "a page of another site may not ask this server");
        }
        if (!knowsToken(context)) {
            throw new ApiError(
                    401,
                    "the token is missing or wrong; open the address that assay serve printed, or send it as"
                            + " 'Authorization: Bearer TOKEN'");
        }
    }

    /** A person who follows a link; what comes back is shown to that person, not to the page with the link. */
    private static boolean isNavigation(Context context) {
        boolean reads =
                context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
        return reads
                && "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"));
    }

    private boolean knowsToken(Context context) {
        String authorization = context.header("Authorization");
        if (authorization != null && authorization.startsWith(BEARER)) {
            return isToken(authorization.substring(BEARER.length()).strip());
        }
        boolean arrives = context.path().equals("/") && context.method().equals(HandlerType.GET);
        return isToken(context.cookie(cookie)) || (arrives && isToken(context.queryParam("token")));
    }

    /** In a time that says nothing of how much of it is right. */
    boolean isToken(@Nullable String text) {
        return text != null && MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> hosts(String host, int port) {
        Set<String> names = new HashSet<>(Set.of("127.0.0.1", "localhost", "[::1]"));
        if (!isLoopback(host)) {
            names.add(bracketed(host.toLowerCase(Locale.ROOT)));
            addOwnNames(names);
        }
        Set<String> result = new HashSet<>();
        for (String name : names) {
            result.add(name + ":" + port);
            if (port == PLAIN_PORT) {
                result.add(name);
            }
        }
        return result;
    }

    private static void addOwnNames(Set<String> names) {
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(card.getInetAddresses())) {
                    names.add(bracketed(address.getHostAddress().replaceAll("%.*", "")));
                }
            }
        } catch (SocketException | UnknownHostException unknown) {
            // then the address that was named is the only one
            names.remove("");
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
