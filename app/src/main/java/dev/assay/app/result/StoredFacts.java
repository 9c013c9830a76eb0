package dev.assay.app.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.data.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An object in run.json of an earlier run, read with care: what is not as Assay writes it is a line that names the entry.
 *
 * @param file the run.json
 * @param place of the object in it
 * @param node the object
 */
record StoredFacts(Path file, String place, JsonNode node) {
    /** That an entry cannot be what a run wrote. */
    InvalidInputException damaged(String what) {
        return new InvalidInputException(file + " is damaged: " + (place.isEmpty() ? "" : "in " + place + ", ") + what
                + "; make that run again");
    }

    boolean has(String key) {
        return node.has(key);
    }

    StoredFacts at(String key) {
        JsonNode found = node.path(key);
        if (!found.isObject()) {
            throw damaged(key + " is no object");
        }
        return new StoredFacts(file, place.isEmpty() ? key : place + "." + key, found);
    }

    JsonNode array(String key) {
        JsonNode found = node.path(key);
        if (!found.isArray()) {
            throw damaged(key + " is no list");
        }
        return found;
    }

    List<StoredFacts> list(String key) {
        List<StoredFacts> result = new ArrayList<>();
        for (JsonNode item : array(key)) {
            result.add(new StoredFacts(file, place + "." + key + "[" + result.size() + "]", item));
        }
        return result;
    }

    String text(String key) {
        if (!node.path(key).isTextual()) {
            throw damaged(key + " is no text");
        }
        return node.path(key).asText();
    }

    boolean truth(String key) {
        if (!node.path(key).isBoolean()) {
            throw damaged(key + " is neither true nor false");
        }
        return node.path(key).asBoolean();
    }

    double number(String key, double least, double most) {
        return number(key, node.path(key), least, most);
    }

    List<Double> numbers(String key, double least, double most) {
        List<Double> result = new ArrayList<>();
        for (JsonNode item : array(key)) {
            result.add(number(key, item, least, most));
        }
        return result;
    }

    private double number(String key, JsonNode found, double least, double most) {
        double value = found.isNumber() ? found.asDouble() : Double.NaN;
        if (!(value >= least) || !(value <= most)) {
            throw damaged(key + " is " + found + ", expected a number from " + least + " to " + most);
        }
        return value;
    }
}
