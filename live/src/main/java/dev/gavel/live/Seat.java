package dev.gavel.live;

import java.util.List;

/// One connection's place in one room: how far it has been told, and whether it keeps up. Only the connection's event
/// loop touches it.
final class Seat {

    /// A reader further behind than this gets the newest state at once.
    private static final int MOST_TOLD = 128;

    private final Room room;
    private final Connection connection;
    private boolean seated;
    private boolean behind;
    private long position;

    /// Where it is in the list of its event loop.
    int index;

    Seat(Room room, Connection connection) {
        this.room = room;
        this.connection = connection;
    }

    Room room() {
        return room;
    }

    Connection connection() {
        return connection;
    }

    /// What the client had when it came, and everything up to now: from here on frames are for it.
    void seat(List<Message> first, long now) {
        seated = true;
        position = now;
        connection.send(first);
    }

    /// A frame for everybody in the room.
    void offer(Frame frame) {
        if (!seated || (frame.last() > 0 && frame.last() <= position)) {
            return;
        }
        if (behind || !connection.writable()) {
            fallBehind();
        } else if (frame.last() == 0) {
            connection.send(frame);
        } else if (frame.first() == position + 1) {
            position = frame.last();
            connection.send(frame);
        } else {
            catchUp();
        }
    }

    /// The connection takes more again.
    void resume() {
        if (behind) {
            behind = false;
            catchUp();
        }
    }

    private void fallBehind() {
        if (!behind) {
            behind = true;
            connection.fellBehind();
        }
    }

    /// The room has jumped.
    void refresh() {
        if (seated && !behind && room.sequence() > position) {
            catchUp();
        }
    }

    private void catchUp() {
        Room.News news = room.newsAfter(position, MOST_TOLD);
        if (news.sequence() > position) {
            position = news.sequence();
            connection.send(news.messages());
        }
    }
}
