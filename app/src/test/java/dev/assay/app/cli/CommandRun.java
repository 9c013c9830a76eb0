package dev.assay.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command line that has been run in this virtual machine.
 *
 * @param status its exit status
 * @param out what it wrote to the standard output
 * @param err what it wrote to the standard error
 */
public record CommandRun(int status, String out, String err) {
    public static CommandRun of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].toString();
        }
        int status = Assay.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    public List<String> errorLines() {
        return err.lines().toList();
    }
}
