package dev.gavel.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gavel.events.Json;
import dev.gavel.localstack.DemoGoods.Lot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The data of the demo market fits the categories, presets, pictures and rules there are.
class DemoGoodsTest {

    private static final Path PICTURES = RunningPlatform.ROOT.resolve("web/pictures");
    private static final Set<String> CONDITIONS = Set.of("new", "like-new", "good", "fair", "for-parts");

    private final DemoGoods goods = DemoGoods.read();

    @Test
    void everythingIsRight() throws IOException {
        assertThat(wrong(goods)).isEmpty();
    }

    @Test
    void theFirstDozenBelongToAllSellersAndShowsEveryKindOfEnd() {
        List<Lot> first = goods.lots().subList(0, DemoLife.FIRST);
        assertThat(first).extracting(Lot::seller).containsAll(goods.sellers());
        assertThat(first).extracting(Lot::preset).contains("standard", "quick-close", "hard-close");
        assertThat(first).anyMatch(lot -> lot.reserve() != null).anyMatch(lot -> lot.buyNow() != null);
        assertThat(goods.lots()).hasSizeGreaterThanOrEqualTo(36).hasSizeLessThanOrEqualTo(100);
        assertThat(goods.lots()).extracting(Lot::preset).contains("open-outcry");
        assertThat(goods.sellers()).hasSize(6);
        assertThat(goods.bidders()).hasSize(8);
    }

    /// The control: one of each mistake.
    @Test
    void mistakesAreFound() throws IOException {
        Lot wrong = new Lot(
                "제목",
                "설명 없음",
                "digital",
                "broken",
                List.of("demo/none.svg"),
                "모르는 사람",
                "best",
                1_050,
                1_200,
                41,
                1_000L,
                1_100L);
        assertThat(wrong(new DemoGoods(List.of("판매자 하나"), List.of("입찰자"), List.of(wrong, wrong))))
                .containsExactlyInAnyOrder(
                        "name 판매자 하나",
                        "제목: title used twice",
                        "제목: picture used twice",
                        "제목: description",
                        "제목: category",
                        "제목: condition",
                        "제목: picture demo/none.svg",
                        "제목: seller",
                        "제목: preset",
                        "제목: start price",
                        "제목: worth",
                        "제목: minutes",
                        "제목: reserve",
                        "제목: buy now");
    }

    private static Set<String> wrong(DemoGoods goods) throws IOException {
        Set<String> categories = new HashSet<>();
        read("/categories.json")
                .forEach(top -> top.at("/children")
                        .forEach(leaf -> categories.add(leaf.at("/id").asString())));
        Set<String> presets = new HashSet<>();
        read("/presets.json").forEach(rules -> presets.add(rules.at("/preset").asString()));
        assertThat(categories).contains("digital.camera");
        assertThat(presets).contains("standard");
        Set<String> wrong = new TreeSet<>();
        List<String> names = new ArrayList<>(goods.sellers());
        names.addAll(goods.bidders());
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !name.matches("[가-힣]{2,30}") || !seen.add(name))
                .forEach(name -> wrong.add("name " + name));
        for (Lot lot : goods.lots()) {
            check(wrong, lot, "title used twice", seen.add(lot.title()));
            check(
                    wrong,
                    lot,
                    "title",
                    lot.title().length() <= 100 && lot.title().matches(".*[가-힣].*"));
            check(wrong, lot, "description", lot.description().matches("([^.]*[가-힣][^.]*[.] ?){1,3}"));
            check(wrong, lot, "category", categories.contains(lot.category()));
            check(wrong, lot, "condition", CONDITIONS.contains(lot.condition()));
            check(wrong, lot, "picture used twice", seen.add(lot.pictures().getFirst()));
            for (String key : lot.pictures()) {
                check(wrong, lot, "picture " + key, Files.isRegularFile(PICTURES.resolve(key)));
            }
            check(wrong, lot, "seller", goods.sellers().contains(lot.seller()));
            check(wrong, lot, "preset", presets.contains(lot.preset()));
            prices(wrong, lot);
        }
        return wrong;
    }

    private static void prices(Set<String> wrong, Lot lot) {
        long start = lot.startPrice();
        check(wrong, lot, "start price", start >= 1_000 && start % 500 == 0);
        check(wrong, lot, "worth", lot.worth() >= 2 * start && lot.worth() <= 1_000_000);
        check(wrong, lot, "minutes", lot.minutes() >= 2 && lot.minutes() <= 40);
        long reserve = Objects.requireNonNullElse(lot.reserve(), start);
        check(wrong, lot, "reserve", reserve >= start && reserve <= lot.worth());
        long buyNow = Objects.requireNonNullElse(lot.buyNow(), 2 * start);
        check(wrong, lot, "buy now", buyNow * 10 >= start * 13 && buyNow >= reserve);
    }

    private static void check(Set<String> wrong, Lot lot, String what, boolean right) {
        if (!right) {
            wrong.add(lot.title() + ": " + what);
        }
    }

    private static JsonNode read(String resource) throws IOException {
        try (InputStream json = Objects.requireNonNull(DemoGoodsTest.class.getResourceAsStream(resource))) {
            return Json.MAPPER.readTree(json);
        }
    }
}
