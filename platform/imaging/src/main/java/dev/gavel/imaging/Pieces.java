package dev.gavel.imaging;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What is kept of a file: its bytes without those a decoder need not see, such as notes of the
/// camera.
final class Pieces {

    /// @param to exclusive
    record Piece(int from, int to) {}

    private final byte[] file;
    private final List<Piece> pieces = new ArrayList<>();

    Pieces(byte[] file) {
        this.file = file;
    }

    void keep(int from, int to) {
        if (!pieces.isEmpty() && pieces.getLast().to() == from) {
            from = pieces.removeLast().from();
        }
        pieces.add(new Piece(from, to));
    }

    byte[] file() {
        return file;
    }

    List<Piece> all() {
        return Collections.unmodifiableList(pieces);
    }

    int size() {
        return pieces.stream().mapToInt(piece -> piece.to() - piece.from()).sum();
    }

    InputStream stream() {
        return new SequenceInputStream(Collections.enumeration(pieces.stream()
                .map(piece -> new ByteArrayInputStream(file, piece.from(), piece.to() - piece.from()))
                .toList()));
    }
}
