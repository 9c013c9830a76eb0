package dev.assay.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class one {@link Browser}, as a parameter. Where there is no browser on the machine they are skipped,
 * saying so; with the environment variable CI they fail, so that nobody takes tests for passed that never ran.
 */
public final class BrowserExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace SPACE = Namespace.create(BrowserExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (BrowserPrograms.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        if (System.getenv("CI") != null) {
            throw new IllegalStateException("the tests in a browser found none: " + BrowserPrograms.HINT);
        }
        return ConditionEvaluationResult.disabled("no browser on this machine: " + BrowserPrograms.HINT);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext ofClass =
                context.getTestMethod().isPresent() ? context.getParent().orElse(context) : context;
        return ofClass.getStore(SPACE).computeIfAbsent(context.getRequiredTestClass(), type -> start(), Browser.class);
    }

    private static Browser start() {
        BrowserPrograms programs = BrowserPrograms.find().orElseThrow();
        try {
            return Browser.start(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
