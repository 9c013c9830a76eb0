package dev.assay.engine;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import java.util.List;

/**
 * Several scores side by side, from one pass.
 *
 * @param parts in the order of their columns
 */
public record JoinedScores(List<RowScores> parts) implements RowScores {
    /** Copies the list. */
    public JoinedScores {
        parts = List.copyOf(parts);
    }

    @Override
    public List<String> names() {
        return parts.stream().flatMap(part -> part.names().stream()).toList();
    }

    @Override
    public Matrix of(Dataset block) {
        List<Matrix> said = parts.stream().map(part -> part.of(block)).toList();
        Matrix result =
                new Matrix(block.size(), said.stream().mapToInt(Matrix::columns).sum());
        for (int i = 0; i < block.size(); i++) {
            int at = result.offset(i);
            for (Matrix part : said) {
                System.arraycopy(part.values(), part.offset(i), result.values(), at, part.columns());
                at += part.columns();
            }
        }
        return result;
    }
}
