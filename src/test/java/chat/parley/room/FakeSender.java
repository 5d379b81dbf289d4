package chat.parley.room;

import chat.parley.protocol.CloseCode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A transport that writes down what it is given. It completes a send at once, later on another thread, or when it is told to;
 * and it notices when two are outstanding.
 */
final class FakeSender implements Sender {

    private final Executor late;

    @GuardedBy("this") private final List<String> texts = new ArrayList<>();

    @GuardedBy("this") private final List<CloseCode> closes = new ArrayList<>();

    @GuardedBy("this") private @Nullable Completion outstanding;

    @GuardedBy("this") private boolean holding;

    @GuardedBy("this") private boolean isLate;

    @GuardedBy("this") private int parcels;

    @GuardedBy("this") private int pings;

    @GuardedBy("this") private @Nullable String trouble;

    /** Completes at once until it is told otherwise; {@code late} runs the completions of a sender that is late. */
    FakeSender(Executor late) {
        this.late = late;
    }

    @Override
    public void send(Parcel parcel, Completion completion) {
        synchronized (this) {
            parcels++;
            texts.addAll(List.of(parcel.strings()));
        }
        take(completion);
    }

    @Override
    public void ping(Completion completion) {
        synchronized (this) {
            pings++;
        }
        take(completion);
    }

    @Override
    public synchronized void close(CloseCode code, String reason) {
        closes.add(code);
    }

    @Override
    public void abort() {}

    private void take(Completion completion) {
        boolean afterwards;
        synchronized (this) {
            if (outstanding != null) {
                trouble = "a second send while one is outstanding";
            }
            outstanding = completion;
            if (holding) {
                return;
            }
            afterwards = isLate;
        }
        if (afterwards) {
            late.execute(this::complete);
        } else {
            complete();
        }
    }

    /** From now on nothing completes. */
    synchronized void hold() {
        holding = true;
    }

    /** From now on everything completes, what is outstanding as well; late or at once. */
    void flow(boolean late) {
        synchronized (this) {
            holding = false;
            isLate = late;
        }
        complete();
    }

    /** Completes what is outstanding; whether something was. */
    boolean complete() {
        Completion done = taken();
        if (done != null) {
            done.sent();
        }
        return done != null;
    }

    /** Fails what is outstanding. */
    void fail(Throwable cause) {
        Completion failed = taken();
        if (failed != null) {
            failed.failed(cause);
        }
    }

    private synchronized @Nullable Completion taken() {
        Completion taken = outstanding;
        outstanding = null;
        return taken;
    }

    synchronized boolean isHolding() {
        return holding && outstanding != null;
    }

    synchronized List<String> texts() {
        if (trouble != null) {
            throw new AssertionError(trouble);
        }
        return List.copyOf(texts);
    }

    synchronized int parcels() {
        return parcels;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized List<CloseCode> closes() {
        return List.copyOf(closes);
    }
}
