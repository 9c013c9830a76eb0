package dev.assay.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.worker.Worker$;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scala.Option;

/**
 * Two executors in JVMs of their own, one core each, started once for all tests. Spark looks for its jars in a home, which an empty one stands
 * for: the executors get the class path of the tests. It is a local-cluster but for the names of the hosts, as a task is speculated about on
 * another host only.
 */
final class SparkCluster implements BeforeAllCallback, AutoCloseable {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SparkCluster.class);
    private static final String HOST = "127.0.0.1";
    private static final int MEGABYTES = 1024;

    private final List<RpcEnv> machines = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(STORE).computeIfAbsent("cluster", ignored -> {
            start();
            return this;
        });
    }

    static SparkSession session() {
        return SparkSession.active();
    }

    static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session().sparkContext());
    }

    private void start() {
        Path home;
        try {
            home = Files.createTempDirectory("assay-spark-home");
            Files.createDirectories(home.resolve("jars"));
            Files.createDirectories(home.resolve("launcher/target/scala-2.13"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        SparkConf conf = new SparkConf();
        RpcEnv master = Master$.MODULE$.startRpcEnvAndEndpoint(HOST, 0, 0, conf)._1();
        String url = "spark://" + HOST + ":" + master.address().port();
        for (String host : List.of(HOST, "localhost")) {
            machines.add(Worker$.MODULE$.startRpcEnvAndEndpoint(
                    host,
                    0,
                    0,
                    1,
                    MEGABYTES,
                    new String[] {url},
                    home.resolve(host).toString(),
                    Option.empty(),
                    conf,
                    Option.empty()));
        }
        machines.add(master);
        SparkSession.builder()
                .master(url)
                .appName("assay")
                .config("spark.executor.memory", MEGABYTES + "m")
                .config(
                        "spark.executor.extraClassPath",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .config("spark.driver.host", HOST)
                .config("spark.driver.bindAddress", HOST)
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.warehouse.dir", home.resolve("warehouse").toString())
                .config("spark.speculation", "true")
                .config("spark.speculation.quantile", "0.5")
                .config("spark.speculation.interval", "50ms")
                .getOrCreate();
    }

    @Override
    public void close() {
        session().stop();
        for (RpcEnv machine : machines) {
            machine.shutdown();
            machine.awaitTermination();
        }
    }
}
