package dev.gavel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

class AheadTest {

    private static final Settings SETTINGS = Settings.of(Map.of("WORD", "made ahead"));

    private static Ahead<StringBuilder> of(Supplier<StringBuilder> make) {
        return new Ahead<>() {
            @Override
            public String bean() {
                return "text";
            }

            @Override
            public StringBuilder make(Settings settings) {
                return make.get();
            }
        };
    }

    @Test
    void theBeanIsWaitedForAndTheSameForAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Map<String, Supplier<?>> beans = Ahead.begin(
                List.of(of(() -> {
                    begun.countDown();
                    try {
                        assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return new StringBuilder(SETTINGS.text("WORD"));
                })),
                SETTINGS);
        // It is being made though nobody has asked.
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

        DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
        factory.registerBeanDefinition("text", new RootBeanDefinition(StringBuilder.class, StringBuilder::new));
        new OnlySelected(Set.of(), Set.of("none"), Map.of(), beans).postProcessBeanFactory(factory);
        go.countDown();
        StringBuilder made = factory.getBean(StringBuilder.class);
        assertThat(made).hasToString("made ahead");
        assertThat(factory.getBean("text")).isSameAs(made);
    }

    @Test
    void whatCannotBeMadeSaysWhyToWhoeverAsks() {
        Map<String, Supplier<?>> beans = Ahead.begin(
                List.of(of(() -> {
                    throw new CannotStart("AWS_REGION is missing.");
                })),
                SETTINGS);
        assertThatThrownBy(() -> Objects.requireNonNull(beans.get("text")).get())
                .isInstanceOf(CannotStart.class)
                .hasMessage("AWS_REGION is missing.");
    }
}
